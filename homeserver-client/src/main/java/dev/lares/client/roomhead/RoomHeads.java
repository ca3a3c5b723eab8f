package dev.lares.client.roomhead;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.room.RoomRef;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/// The heads of rooms, as new as they are asked for. A room's head is read once however many ask
/// for it, and then only what happened since.
@Service
@EnableConfigurationProperties(SyncMemoryProperties.class)
public class RoomHeads implements AppliedBatch.Listener {
    /// So long one waits for others who read the same heads; then one reads them too.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final HeadReader reader;
    private final RoomHeadRepository repository;
    private final AppliedPosition applied;
    private final LastChanges changes;
    private final Cache<Long, RoomHead> heads;
    private final ConcurrentMap<Long, CountDownLatch> underWay = new ConcurrentHashMap<>();

    private volatile LongConsumer built = nid -> {};

    /// How often the log was moved on: what was read before is not remembered.
    private final AtomicLong generation = new AtomicLong();

    RoomHeads(
            HeadReader reader,
            RoomHeadRepository repository,
            AppliedPosition applied,
            LastChanges changes,
            SyncMemoryProperties properties,
            MeterRegistry meters) {
        this.reader = reader;
        this.repository = repository;
        this.applied = applied;
        this.changes = changes;
        heads =
                Caffeine.newBuilder()
                        .maximumWeight(properties.heads().toBytes())
                        .<Long, RoomHead>weigher((nid, head) -> head.sizeBytes())
                        .recordStats()
                        .build();
        CaffeineCacheMetrics.monitor(meters, heads, "lares.roomhead");
    }

    /// Heads that hold all of the rooms up to a position and perhaps more, by the rooms' internal
    /// numbers.
    ///
    /// @param to at most the applied position
    public Map<Long, RoomHead> get(Collection<RoomRef> rooms, Position to) {
        var found = new HashMap<Long, RoomHead>();
        var mine = new ArrayList<RoomRef>();
        var others = new ArrayList<RoomRef>();
        var latch = new CountDownLatch(1);
        for (var room : rooms) {
            var known = remembered(room, to);
            if (known != null) {
                found.put(room.roomNid(), known);
            } else if (underWay.putIfAbsent(room.roomNid(), latch) == null) {
                mine.add(room);
            } else {
                others.add(room);
            }
        }
        if (!mine.isEmpty()) {
            try {
                found.putAll(read(mine));
            } finally {
                mine.forEach(room -> underWay.remove(room.roomNid(), latch));
                latch.countDown();
            }
        }
        found.putAll(afterOthers(others, to));
        return found;
    }

    private Map<Long, RoomHead> afterOthers(List<RoomRef> rooms, Position to) {
        var found = new HashMap<Long, RoomHead>();
        var missing = new ArrayList<RoomRef>();
        long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
        for (var room : rooms) {
            await(underWay.get(room.roomNid()), deadlineNanos);
            var known = remembered(room, to);
            if (known == null) {
                missing.add(room);
            } else {
                found.put(room.roomNid(), known);
            }
        }
        if (!missing.isEmpty()) {
            found.putAll(read(missing));
        }
        return found;
    }

    private static void await(@Nullable CountDownLatch latch, long deadlineNanos) {
        if (latch == null) {
            return;
        }
        try {
            boolean done = latch.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!done) {
                return; // and reads it as well
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable RoomHead remembered(RoomRef room, Position to) {
        var head = heads.getIfPresent(room.roomNid());
        if (head == null || !to.isAfter(head.upTo())) {
            return head;
        }
        return changes.roomChanged(room.roomNid(), head.upTo()) ? null : head.reaching(to);
    }

    private Map<Long, RoomHead> read(List<RoomRef> rooms) {
        long before = generation.get();
        var to = applied.current();
        var known = known(rooms, to);
        var read = reader.read(rooms, known, to);
        read.forEach((nid, head) -> {
            var old = known.get(nid);
            if (old == null || !old.built().equals(head.built())) {
                built.accept(nid);
            }
        });
        read.forEach((nid, head) ->
                heads.asMap()
                        .compute(
                                nid,
                                (key, old) ->
                                        generation.get() != before
                                                        || (old != null
                                                                && old.upTo().isAfter(head.upTo()))
                                                ? old
                                                : head));
        return read;
    }

    /// What memory or the table has, if it is not newer than the position.
    private Map<Long, RoomHead> known(List<RoomRef> rooms, Position to) {
        var known = new HashMap<Long, RoomHead>();
        var missing = new HashMap<Long, RoomRef>();
        for (var room : rooms) {
            var head = heads.getIfPresent(room.roomNid());
            if (head == null) {
                missing.put(room.roomNid(), room);
            } else if (!head.upTo().isAfter(to)) {
                known.put(room.roomNid(), head);
            }
        }
        if (!missing.isEmpty()) {
            repository
                    .find(missing.keySet())
                    .forEach((nid, bytes) ->
                            Optional.ofNullable(missing.get(nid))
                                    .flatMap(room -> HeadCodec.decode(room, bytes))
                                    .filter(head -> !head.upTo().isAfter(to))
                                    .ifPresent(head -> known.put(nid, head)));
        }
        return known;
    }

    /// @param built hears of rooms whose head was read anew; must not block
    void onBuilt(LongConsumer built) {
        this.built = built;
    }

    @Override
    public void applied(AppliedBatch batch) {
        // Heads are as of a position; what comes later is read when it is asked for.
    }

    @Override
    public void movedOn() {
        generation.incrementAndGet();
        heads.invalidateAll();
    }
}
