package dev.lares.client.sync;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.context.request.async.DeferredResult;

/// A sync that has nothing to tell yet. It holds neither a thread nor a connection to the database.
final class ParkedSync {
    private final DeferredResult<SyncAnswer> result;
    private final AtomicInteger wakes = new AtomicInteger();
    private final Awaited awaited;

    ParkedSync(Awaited awaited, DeferredResult<SyncAnswer> result) {
        this.awaited = awaited;
        this.result = result;
    }

    Awaited awaited() {
        return awaited;
    }

    DeferredResult<SyncAnswer> result() {
        return result;
    }

    long userNid() {
        return awaited.requester().userNid();
    }

    /// Whether both are of the same device.
    boolean sharesDevice(ParkedSync other) {
        return awaited.requester().deviceId().equals(other.awaited.requester().deviceId());
    }

    /// Whether both are of the same device and connection, of which only one waits.
    boolean sharesConnection(ParkedSync other) {
        return sharesDevice(other)
                && awaited.connection().isPresent()
                && awaited.connection().equals(other.awaited.connection());
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
