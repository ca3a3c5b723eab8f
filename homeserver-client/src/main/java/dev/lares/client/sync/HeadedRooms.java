package dev.lares.client.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.client.roomhead.HeadEvent;
import dev.lares.client.roomhead.HeadRow;
import dev.lares.client.roomhead.RoomHead;
import dev.lares.client.roomhead.RoomHeads;
import dev.lares.client.roomhead.SyncMemoryProperties;
import dev.lares.client.sync.HeadTelling.Beyond;
import dev.lares.client.sync.RoomPlan.Knowledge;
import dev.lares.client.sync.SyncRequest.StateForm;
import dev.lares.core.account.ErasedUsers;
import dev.lares.core.filter.Filter;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells of rooms from their heads. What all members of a room get alike is serialised once: for
/// those who were in the room over the whole stretch, ignore no sender in it and sent none of it;
/// not where a thread is told of.
@Component
class HeadedRooms {
    private static final int SHARED_OVERHEAD_BYTES = 400;

    /// Not longer, since the age of the events is in it.
    private static final Duration SHARED_FOR = Duration.ofSeconds(5);

    private final RoomHeads heads;
    private final HeadGaps gaps;
    private final RoomEvents roomEvents;
    private final ErasedUsers erased;
    private final Clock clock;
    private final Cache<Key, ToldRoom> shared;

    HeadedRooms(
            RoomHeads heads,
            HeadGaps gaps,
            RoomEvents roomEvents,
            ErasedUsers erased,
            Clock clock,
            SyncMemoryProperties memory,
            MeterRegistry meters) {
        this.heads = heads;
        this.gaps = gaps;
        this.roomEvents = roomEvents;
        this.erased = erased;
        this.clock = clock;
        shared =
                Caffeine.newBuilder()
                        .maximumWeight(memory.shared().toBytes())
                        .<Key, ToldRoom>weigher(
                                (key, told) -> SHARED_OVERHEAD_BYTES + told.members().length())
                        .expireAfterWrite(SHARED_FOR)
                        .recordStats()
                        .build();
        CaffeineCacheMetrics.monitor(meters, shared, "lares.sync.shared");
    }

    /// What shared bytes depend on.
    ///
    /// @param from the last row of the room that the client knows
    /// @param to the last row that is told
    /// @param built when the head was read anew: redactions change how events are shown
    private record Key(
            long roomNid, long from, long to, Position built, Filter filter, StateForm form) {}

    /// @param told what is told of rooms, by their internal numbers; those of which the log has to
    ///   be asked are missing
    /// @param heads the rooms' heads
    record Headed(Map<Long, ToldRoom> told, Map<Long, RoomHead> heads) {}

    Headed tell(List<RoomPlan> plans, SyncContext context) {
        if (context.filter().eventFormat() != Filter.EventFormat.CLIENT) {
            return new Headed(Map.of(), Map.of());
        }
        var found = heads.get(plans.stream().map(RoomPlan::room).toList(), context.to());
        var beyond = gaps.read(plans, found, context);
        var told = new HashMap<Long, ToldRoom>();
        for (var plan : plans) {
            var head = found.get(plan.roomNid());
            if (head != null) {
                var more = beyond.getOrDefault(plan.roomNid(), Beyond.NOTHING);
                tell(plan, head, context, more).ifPresent(room -> told.put(plan.roomNid(), room));
            }
        }
        return new Headed(told, found);
    }

    private Optional<ToldRoom> tell(
            RoomPlan plan, RoomHead head, SyncContext context, Beyond beyond) {
        var telling =
                new HeadTelling(
                        plan,
                        head,
                        context,
                        beyond,
                        sender -> erased.contains(new UserId(sender)),
                        clock.millis());
        var rows = head.rows(plan.from(), plan.to());
        if (rows.isEmpty() || !isAlikeForAll(plan, head, rows, context)) {
            return telling.tell().map(content -> write(content, context));
        }
        var key =
                new Key(
                        plan.roomNid(),
                        head.lastRowUpTo(plan.from()),
                        rows.getLast().pos(),
                        head.built(),
                        context.filter(),
                        context.request().state());
        var known = shared.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        var built = telling.tell().map(content -> write(content, context));
        built.ifPresent(room -> shared.put(key, room));
        return built;
    }

    private static boolean isAlikeForAll(
            RoomPlan plan, RoomHead head, List<HeadRow> rows, SyncContext context) {
        return plan.knowledge() == Knowledge.UP_TO_FROM
                && !plan.membership().since().isAfter(plan.from())
                && head.reachesBackTo(plan.from())
                && rows.stream().noneMatch(row -> isOfTheirOwn(row.event(), context));
    }

    /// Whether the viewer gets the event otherwise than most, or not at all.
    private static boolean isOfTheirOwn(@Nullable HeadEvent event, SyncContext context) {
        if (event == null) {
            return false;
        }
        var sentBy = event.sentBy();
        var relations = event.relations();
        return context.ignored().contains(event.sender())
                || (sentBy != null && sentBy.isOf(context.viewer()))
                || (relations != null
                        && !(relations.isAlikeForAll() && context.ignored().isEmpty()));
    }

    private ToldRoom write(HeadTelling.Content content, SyncContext context) {
        var json = new JsonBuffer();
        roomEvents.write(
                json,
                new RoomEvents.Ends(
                        content.gap() == HeadTelling.Gap.YES,
                        content.first().map(row -> row.place().before())),
                RoomEvents.fields(content.timeline(), context.filter()),
                RoomEvents.fields(content.state(), context.filter()),
                context);
        return new ToldRoom(
                json,
                content.saysSomething() ? ToldRoom.Says.SOMETHING : ToldRoom.Says.NOTHING,
                content.summary());
    }
}
