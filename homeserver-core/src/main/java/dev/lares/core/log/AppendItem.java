package dev.lares.core.log;

import dev.lares.core.event.EventDraft;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;

/// One indivisible request to the log: data, never callbacks. All of it is written, or none.
///
/// @param room the room that the drafts go to, if any
/// @param drafts authorised and built in this order, each on what precedes it
/// @param rows of other streams; the accounts that they name are locked
/// @param transaction under what a repetition is known and answered with the first answer
public record AppendItem(
        Optional<TargetRoom> room,
        List<EventDraft> drafts,
        List<StreamRow> rows,
        Optional<TransactionKey> transaction) {
    public AppendItem {
        drafts = List.copyOf(drafts);
        rows = List.copyOf(rows);
        if (!drafts.isEmpty() && room.isEmpty()) {
            throw new IllegalArgumentException("Events go to a room");
        }
    }

    /// Where the drafts go.
    public sealed interface TargetRoom {
        /// A room that we know. `M_NOT_FOUND` where we do not.
        record Existing(RoomId roomId) implements TargetRoom {}

        /// A room that the first draft, its `m.room.create`, makes. Up to version 11 the log
        /// invents an ID on the domain; from 12 on the create event gives it.
        record New(RoomVersion version, ServerName domain) implements TargetRoom {}
    }
}
