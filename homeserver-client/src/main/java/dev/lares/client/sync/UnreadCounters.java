package dev.lares.client.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.client.roomhead.HeadRow;
import dev.lares.client.roomhead.RoomHead;
import dev.lares.client.roomhead.SyncMemoryProperties;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.unread.UnreadCounts;
import dev.lares.core.unread.UnreadCounts.Count;
import dev.lares.core.unread.UnreadReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// What is unread of rooms. A count that was read once goes on with the rows of the room's head as
/// long as its user changes nothing: no receipt, no membership.
@Component
public class UnreadCounters implements AppliedBatch.Listener {
    private static final int OVERHEAD_BYTES = 200;
    private static final int THREAD_BYTES = 150;

    private final UnreadReader reader;
    private final LastChanges changes;
    private final Cache<Key, Counted> remembered;
    private final AtomicLong generation = new AtomicLong();

    UnreadCounters(
            UnreadReader reader,
            LastChanges changes,
            SyncMemoryProperties memory,
            MeterRegistry meters) {
        this.reader = reader;
        this.changes = changes;
        remembered =
                Caffeine.newBuilder()
                        .maximumWeight(memory.unread().toBytes())
                        .<Key, Counted>weigher((key, counted) ->
                                OVERHEAD_BYTES + THREAD_BYTES * counted.counts().threads().size())
                        .recordStats()
                        .build();
        CaffeineCacheMetrics.monitor(meters, remembered, "lares.sync.unread");
    }

    private record Key(long userNid, long roomNid) {}

    private record Counted(UnreadCounts counts, Position upTo) {}

    /// The counts of rooms that the user is in, by the room's internal number.
    ///
    /// @param heads of some of the rooms
    public Map<Long, UnreadCounts> at(
            List<RoomPlan> plans, Map<Long, RoomHead> heads, SyncContext context) {
        var userNid = context.viewer().userNid();
        var to = context.to();
        var counts = new HashMap<Long, UnreadCounts>();
        var missing = new ArrayList<RoomPlan>();
        // A head says of the events' senders only whose own they are.
        boolean ignoresNobody = context.ignored().isEmpty();
        for (var plan : plans) {
            var head = Optional.ofNullable(heads.get(plan.roomNid()));
            var known =
                    ignoresNobody
                            ? head.flatMap(has -> goOn(plan, has, userNid, to))
                            : Optional.<UnreadCounts>empty();
            if (known.isPresent()) {
                counts.put(plan.roomNid(), known.get());
            } else {
                missing.add(plan);
            }
        }
        long before = generation.get();
        var read =
                reader.at(
                        userNid,
                        missing.stream().map(RoomPlan::room).toList(),
                        missing.stream().map(RoomPlan::membership).toList(),
                        context.ignored(),
                        to);
        read.forEach((roomNid, count) -> {
            counts.put(roomNid, count);
            if (generation.get() == before) {
                remembered.put(new Key(userNid, roomNid), new Counted(count, to));
            }
        });
        return counts;
    }

    private Optional<UnreadCounts> goOn(RoomPlan plan, RoomHead head, long userNid, Position to) {
        var key = new Key(userNid, plan.roomNid());
        var known = remembered.getIfPresent(key);
        if (known == null
                || known.upTo().isAfter(to)
                || changes.userChanged(userNid, known.upTo())
                || plan.membership().changed().isAfter(known.upTo())
                || !head.reachesBackTo(known.upTo())) {
            return Optional.empty();
        }
        var counts = known.counts();
        for (var row : head.rows(known.upTo(), to)) {
            var event = row.event();
            // What a redaction takes away may be of any time.
            if ((row.rootNid() != 0 && row.root() == null)
                    || (event != null && event.type().equals("m.room.redaction"))) {
                return Optional.empty();
            }
            counts = counts.plus(row.root(), counted(row, userNid));
        }
        remembered.put(key, new Counted(counts, to));
        return Optional.of(counts);
    }

    private static Count counted(HeadRow row, long userNid) {
        int notifications = row.countedNid() == userNid ? 0 : row.notifications();
        int highlights = row.highlights();
        for (var exception : row.exceptions()) {
            if (exception.userNid() == userNid) {
                notifications += exception.notifications();
                highlights += exception.highlights();
            }
        }
        return new Count(notifications, highlights);
    }

    @Override
    public void applied(AppliedBatch batch) {
        // Counts are as of a position; what comes later is added when it is asked for.
    }

    @Override
    public void movedOn() {
        generation.incrementAndGet();
        remembered.invalidateAll();
    }
}
