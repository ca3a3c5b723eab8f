package dev.lares.core.room;

import dev.lares.core.id.EventId;

/// Where an event stands in its room.
///
/// @param pos position; negative for history that no sync shows
/// @param depth our order for pagination
public record EventPlace(long roomNid, long eventNid, EventId eventId, long pos, long depth) {}
