package dev.lares.core.log;

import java.time.Duration;

/// Work that follows the log behind a cursor of its own, on one replica at a time and without a
/// part in any request: senders, pushers, indexers.
public interface LogReader {
    /// Names the cursor for ever. Lower case with dots; a shard has its number in it.
    String name();

    /// Handles a batch. It may come again after a crash, so it must not matter twice. What throws
    /// is tried a few times and then set aside, so that it blocks nothing behind it.
    ///
    /// @param lease writes on behalf of the reader say `AND epoch = :epoch` of it
    void read(AppliedBatch batch, Lease lease) throws Exception;

    /// How long to let batches gather before the next are read, with one statement. Longer for work
    /// that nobody waits for.
    default Duration pause() {
        return Duration.ZERO;
    }

    /// Where a reader begins that has never run.
    default Start start() {
        return Start.HEAD;
    }

    /// Where a cursor begins.
    enum Start {
        /// With what comes next.
        HEAD,
        /// With the oldest batch that is still there.
        OLDEST
    }
}
