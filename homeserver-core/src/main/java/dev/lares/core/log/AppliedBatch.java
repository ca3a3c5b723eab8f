package dev.lares.core.log;

import java.util.List;

/// A range of the log that this replica has just applied, without a gap to the one before.
///
/// @param rooms internal numbers of the rooms that something happened in
/// @param users internal numbers of the users whose own rows changed
/// @param streams names of the streams that got rows, `event` among them
public record AppliedBatch(
        Position first, Position last, List<Long> rooms, List<Long> users, List<String> streams) {
    public AppliedBatch {
        rooms = List.copyOf(rooms);
        users = List.copyOf(users);
        streams = List.copyOf(streams);
    }

    /// Told of each batch in order, on the thread that applies: memory only, never I/O.
    public interface Listener {
        void applied(AppliedBatch batch);

        /// The log was moved on: the database was promoted or restored and may have lost the newest
        /// rows, so whatever memory holds of it is to be forgotten. Called before the batch, which
        /// is empty, is applied.
        default void movedOn() {}
    }
}
