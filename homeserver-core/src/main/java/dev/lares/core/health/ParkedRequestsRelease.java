package dev.lares.core.health;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Lets parked requests go when the server stops. A shutdown with one parked poll would otherwise
/// take as long as the poll.
@Component
class ParkedRequestsRelease implements SmartLifecycle {
    private final List<ParkedRequests> parked;
    private final AtomicBoolean running = new AtomicBoolean();

    ParkedRequestsRelease(List<ParkedRequests> parked) {
        this.parked = List.copyOf(parked);
    }

    @Override
    public void start() {
        running.set(true);
    }

    @Override
    public void stop() {
        running.set(false);
        parked.forEach(ParkedRequests::release);
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    /// The last to start and so the first to stop; the web server's graceful phase comes after it.
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
