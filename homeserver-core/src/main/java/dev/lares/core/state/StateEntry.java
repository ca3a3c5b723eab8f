package dev.lares.core.state;

import dev.lares.core.event.StateKey;

/// One key of a state.
///
/// @param keyNid internal number of the key in its room
/// @param eventNid internal number of its event; 0, in a delta only, where the key was removed
public record StateEntry(StateKey key, long keyNid, long eventNid) {}
