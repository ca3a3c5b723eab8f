package dev.lares.client.sync;

import dev.lares.core.log.Position;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.context.request.async.DeferredResult;

/// A sync that has nothing to tell yet. It holds neither a thread nor a connection to the database.
final class ParkedSync {
    private final DeferredResult<SyncAnswer> result;
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile SyncRequest request;

    ParkedSync(SyncRequest request, DeferredResult<SyncAnswer> result) {
        this.request = request;
        this.result = result;
    }

    SyncRequest request() {
        return request;
    }

    DeferredResult<SyncAnswer> result() {
        return result;
    }

    long userNid() {
        return request.requester().userNid();
    }

    /// Remembers that there is nothing to tell up to a position, so that the next look starts
    /// there.
    void nothingUpTo(Position position) {
        request = request.since(position);
    }

    /// Whether whoever wakes it has to look; else somebody is looking already and will look again.
    boolean wake() {
        return wakes.getAndIncrement() == 0;
    }

    /// How many wakes the look that begins now covers.
    int wakesSeen() {
        return wakes.get();
    }

    /// Whether no wake came while looking; else one has to look again.
    boolean settled(int seen) {
        return wakes.addAndGet(-seen) == 0;
    }
}
