package dev.lares.client.sync;

import dev.lares.core.web.Requester;
import java.util.Optional;

/// What the client of a sync waits for. Looked at by one thread at a time.
public interface Awaited {
    Requester requester();

    /// Of those of one device with the same name the newest waits, and the others end; absent where
    /// they may wait beside one another.
    Optional<String> connection();

    /// What there is to tell now, if anything. Costs little where nothing changed since it was last
    /// asked.
    Optional<SyncAnswer> look();

    /// An answer that tells nothing but up to where there was nothing to tell.
    SyncAnswer nothing();
}
