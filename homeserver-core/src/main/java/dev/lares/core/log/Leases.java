package dev.lares.core.log;

import dev.lares.core.work.Worker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Shares singleton work out among replicas. Whoever holds a lease keeps it until it gives it back
/// or fails to renew it; then any replica can take it over.
@Component
public class Leases implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Leases.class);
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final Duration RENEWAL = Duration.ofSeconds(4);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final LeaseRepository repository;

    /// This process, not this machine: after a restart it is somebody else.
    private final UUID holder;

    private final Map<String, Lease> held = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Worker renewer = new Worker("lease-renewal", this::renew);
    private volatile boolean running;

    Leases(LeaseRepository repository, SecureRandom random) {
        this.repository = repository;
        holder = new UUID(random.nextLong(), random.nextLong());
    }

    /// The lease, if nobody else holds it. It is renewed until it is released.
    public Optional<Lease> tryAcquire(String name) {
        var known = held.get(name);
        if (known != null && known.isValid()) {
            return Optional.empty(); // one piece of work has one worker, here as well
        }
        long asked = System.nanoTime();
        var epoch = repository.acquire(name, holder, TIME);
        if (epoch.isEmpty()) {
            return Optional.empty();
        }
        var lease = new Lease(name, epoch.getAsLong(), validUntil(asked));
        held.put(name, lease);
        return Optional.of(lease);
    }

    /// Called first in each transaction that the lease allows: until its end nobody takes the work
    /// over. The transaction must be short, since the leases of this replica are not renewed
    /// meanwhile.
    ///
    /// @throws LostLeaseException when somebody already has
    public void require(Lease lease) {
        if (!repository.keep(lease)) {
            throw new LostLeaseException(lease);
        }
    }

    public void release(Lease lease) {
        lease.end();
        if (held.remove(lease.name(), lease)) {
            repository.release(lease, holder);
        }
    }

    private void renew() throws InterruptedException {
        if (stopping.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS) || held.isEmpty()) {
            return;
        }
        long asked = System.nanoTime();
        var leases = Map.copyOf(held);
        var renewed = repository.renew(leases.values(), holder, TIME);
        for (var lease : leases.values()) {
            if (renewed.contains(lease.name())) {
                lease.extend(validUntil(asked));
            } else if (held.remove(lease.name(), lease)) {
                lease.end();
                log.warn("Another replica has taken over {}", lease.name());
            }
        }
    }

    private static long validUntil(long askedNanos) {
        return askedNanos + TIME.toNanos() * 4 / 5;
    }

    @Override
    public void start() {
        running = true;
        renewer.start();
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        renewer.stop(STOP_PATIENCE);
        for (var lease : held.values()) {
            try {
                release(lease);
            } catch (RuntimeException e) {
                log.warn("{} was not given back and runs out by itself", lease.name(), e);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return LogFollower.PHASE + 1;
    }
}
