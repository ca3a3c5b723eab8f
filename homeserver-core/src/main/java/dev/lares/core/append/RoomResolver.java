package dev.lares.core.append;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateHash;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Resolves states of a room, and remembers what states resolved to what.
@Component
class RoomResolver {
    private static final long REMEMBERED_BYTES_MAX = 16L << 20;

    private final StateViews views;
    private final LaneRepository repository;
    private final LaneEvents events;
    private final Cache<Inputs, Map<Long, Long>> results =
            Caffeine.newBuilder()
                    .maximumWeight(REMEMBERED_BYTES_MAX)
                    .weigher((Inputs inputs, Map<Long, Long> result) ->
                            256 + 64 * (inputs.states().size() + result.size()))
                    .recordStats()
                    .build();

    RoomResolver(
            StateViews views, LaneRepository repository, LaneEvents events, MeterRegistry meters) {
        this.views = views;
        this.repository = repository;
        this.events = events;
        CaffeineCacheMetrics.monitor(meters, results, "lares.writer.resolutions");
    }

    private record Inputs(long roomNid, Set<StateHash> states) {}

    /// An event that states name and the database does not have yet.
    record Fresh(long eventNid, StateKey key, long keyNid, Pdu pdu, List<Long> authNids) {}

    /// What stands, in the state that the states resolve to, at all places in which they differ; 0
    /// where nothing does. Elsewhere it is what they have.
    ///
    /// @param of two or more different states
    Map<Long, Long> resolve(RoomRef room, List<StateView> of, Optional<Fresh> fresh) {
        var inputs =
                new Inputs(
                        room.roomNid(),
                        of.stream().map(StateView::hash).collect(Collectors.toSet()));
        var known = results.getIfPresent(inputs);
        if (known != null) {
            return known;
        }
        var difference = views.compare(room.roomNid(), of);
        var whole = views.whole(room.roomNid(), of.getFirst().ref());
        var run = new ResolutionRun(room, repository, events, of, difference, whole, fresh);
        var resolved = Map.copyOf(run.resolve());
        results.put(inputs, resolved);
        return resolved;
    }
}
