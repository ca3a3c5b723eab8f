package dev.lares.core.state;

import dev.lares.core.log.Position;

/// One change of a room's current state.
///
/// @param entry the key with its new event; 0 where it was removed
public record StateStep(StateEntry entry, Position position) {}
