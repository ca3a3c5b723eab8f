package dev.lares.client.sync;

import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.membership.UserRooms;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Finds the parked syncs that a batch of the log concerns: those of the local members of its rooms
/// and of its users. Each is woken once a batch; a wake says only that it is worth looking.
@Component
class ParkedSyncs implements AppliedBatch.Listener, DisposableBean {
    /// How many syncs of one device wait at once; a further one ends the oldest.
    static final int PARKED_PER_DEVICE_MAX = 8;

    private static final Logger log = LoggerFactory.getLogger(ParkedSyncs.class);

    private static final Duration SHOWN_PATIENCE = Duration.ofSeconds(5);

    private final UserRooms rooms;
    private final AppliedPosition applied;
    private final ConcurrentMap<Long, Set<ParkedSync>> byUser = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Set<Long> dirtyRooms = new HashSet<>();
    private Set<Long> dirtyUsers = new HashSet<>();
    private Position dirtyUpTo = Position.ZERO;
    private volatile Consumer<ParkedSync> waker = parked -> {};
    private final Thread worker;

    ParkedSyncs(UserRooms rooms, AppliedPosition applied, MeterRegistry meters) {
        this.rooms = rooms;
        this.applied = applied;
        meters.gauge("lares.sync.parked", this, ParkedSyncs::count);
        worker = Thread.ofVirtual().name("sync-waker").start(this::work);
    }

    /// @param waker looks again at a sync; must not block
    void onWake(Consumer<ParkedSync> waker) {
        this.waker = waker;
    }

    /// Adds one; gives back the one that has to end instead, if any.
    Optional<ParkedSync> add(ParkedSync parked) {
        var all =
                byUser.compute(
                        parked.userNid(),
                        (user, old) -> {
                            var copy =
                                    old == null
                                            ? new LinkedHashSet<ParkedSync>()
                                            : new LinkedHashSet<>(old);
                            copy.add(parked);
                            return copy;
                        });
        var older =
                all.stream()
                        .filter(other -> other != parked && other.sharesConnection(parked))
                        .findFirst();
        if (older.isPresent()) {
            return older;
        }
        var ofDevice = all.stream().filter(other -> other.sharesDevice(parked)).toList();
        return ofDevice.size() > PARKED_PER_DEVICE_MAX
                ? Optional.of(ofDevice.getFirst())
                : Optional.empty();
    }

    void remove(ParkedSync parked) {
        byUser.computeIfPresent(
                parked.userNid(),
                (user, old) -> {
                    var copy = new LinkedHashSet<>(old);
                    copy.remove(parked);
                    return copy.isEmpty() ? null : copy;
                });
    }

    List<ParkedSync> all() {
        return byUser.values().stream().flatMap(Collection::stream).toList();
    }

    private int count() {
        return byUser.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public void applied(AppliedBatch batch) {
        lock.lock();
        try {
            dirtyUpTo = batch.last();
            dirtyRooms.addAll(batch.rooms());
            dirtyUsers.addAll(batch.users());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                wakeNext();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // Nobody is lost: a sync that is not woken looks again at its timeout.
                log.error("Could not wake the syncs of a batch", e);
            }
        }
    }

    private void wakeNext() throws InterruptedException {
        Set<Long> roomNids;
        Set<Long> userNids;
        Position upTo;
        lock.lock();
        try {
            while (dirtyRooms.isEmpty() && dirtyUsers.isEmpty()) {
                changed.await();
            }
            roomNids = dirtyRooms;
            userNids = dirtyUsers;
            upTo = dirtyUpTo;
            dirtyRooms = new HashSet<>();
            dirtyUsers = new HashSet<>();
        } finally {
            lock.unlock();
        }
        // Listeners hear of a batch before it shows: who looks before that sees nothing and would
        // sleep
        // on. Who parks later than this looks at it by themselves.
        if (!applied.await(upTo, SHOWN_PATIENCE)) {
            log.warn("The log was heard of up to {} and does not show it", upTo.value());
        }
        for (long roomNid : roomNids) {
            for (long userNid : rooms.localJoined(roomNid)) {
                userNids.add(userNid);
            }
        }
        for (long userNid : userNids) {
            byUser.getOrDefault(userNid, Set.of()).forEach(waker);
        }
    }

    @Override
    public void destroy() {
        worker.interrupt();
    }
}
