package dev.lares.core.position;

import dev.lares.core.log.Position;

/// What a token says.
public sealed interface PositionToken {
    /// Of a sync: a place in the log, and so one in every room's timeline.
    ///
    /// @param toDevice all messages to the device at or before this position were delivered with
    ///   the answer or before; 0 where the token was made for another device
    record Sync(Position position, long toDevice) implements PositionToken {}

    /// Of a page: a place in one room's timeline, between two rows.
    ///
    /// @param depth our order for pagination, as in the timeline
    /// @param pos negative for history that no sync shows
    record Page(long depth, long pos) implements PositionToken {}
}
