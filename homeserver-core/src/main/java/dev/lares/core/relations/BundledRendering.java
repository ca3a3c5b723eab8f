package dev.lares.core.relations;

import dev.lares.core.accountdata.IgnoredUsers;
import dev.lares.core.event.ClientEvents;
import dev.lares.core.event.EventShape;
import dev.lares.core.event.EventUnsigned;
import dev.lares.core.log.Position;
import dev.lares.core.relations.RelationPlaceRepository.ThreadSize;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SeenEvent;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineEvent;
import dev.lares.core.room.Viewer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Makes of events of a timeline what a client gets, with what relates to them
/// ([aggregations](https://spec.matrix.org/v1.19/client-server-api/#aggregations-of-child-events)):
/// the newest edit, the thread, references. What the viewer may not see or who they ignore is not
/// among it; but the number of events in a thread is that of all that the server knows.
@Service
public class BundledRendering {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final EventRendering rendering;
    private final Aggregations aggregations;
    private final RelationPlaceRepository repository;
    private final EventVisibility visibility;
    private final IgnoredUsers ignoredUsers;
    private final Clock clock;

    BundledRendering(
            EventRendering rendering,
            Aggregations aggregations,
            RelationPlaceRepository repository,
            EventVisibility visibility,
            IgnoredUsers ignoredUsers,
            Clock clock) {
        this.rendering = rendering;
        this.aggregations = aggregations;
        this.repository = repository;
        this.visibility = visibility;
        this.ignoredUsers = ignoredUsers;
        this.clock = clock;
    }

    /// Events as JSON, in the same order, with what relates to them as far as the viewer may read
    /// the room.
    public List<byte[]> render(
            ReadableRoom readable, Viewer viewer, List<SeenEvent> seen, EventShape shape) {
        return render(readable.room(), viewer, seen, shape, readable.until().orElse(NEWEST));
    }

    /// Events as JSON, in the same order.
    ///
    /// @param to relations behind this position are not told: the client gets them later
    public List<byte[]> render(
            RoomRef room, Viewer viewer, List<SeenEvent> seen, EventShape shape, Position to) {
        return rendering.render(room, viewer, seen, shape, bundles(room, viewer, seen, shape, to));
    }

    /// `m.relations` by the events' internal numbers.
    private Map<Long, byte[]> bundles(
            RoomRef room, Viewer viewer, List<SeenEvent> seen, EventShape shape, Position to) {
        var parents = seen.stream().map(SeenEvent::event).filter(one -> !one.pdu().isState());
        var byNid = parents.collect(Collectors.toMap(StoredEvent::nid, one -> one, (a, b) -> a));
        if (byNid.isEmpty()) {
            return Map.of();
        }
        var ignored = ignoredUsers.of(viewer.userNid());
        var found =
                aggregations.find(
                        Map.of(room, byNid.values()),
                        (ofRoom, children) ->
                                visibility.filter(ofRoom, viewer, children).stream()
                                        .map(child -> child.event().nid())
                                        .collect(Collectors.toSet()),
                        ignored,
                        to);
        if (found.isEmpty()) {
            return Map.of();
        }
        var roots =
                byNid.values().stream()
                        .filter(event ->
                                Optional.ofNullable(found.get(event.nid()))
                                        .flatMap(Aggregation::latest)
                                        .isPresent())
                        .toList();
        var sizes =
                roots.isEmpty()
                        ? Map.<Long, ThreadSize>of()
                        : repository.countThreads(roots, to, ignored, viewer.userNid());
        var writing = new Writing(found, sizes, viewer, shape, clock.millis());
        var bundles = new HashMap<Long, byte[]>();
        byNid.forEach((nid, event) -> {
            var aggregation = found.get(nid);
            if (aggregation != null) {
                bundles.put(nid, writing.bundle(event, aggregation));
            }
        });
        return bundles;
    }

    /// @param now milliseconds since 1970
    private record Writing(
            Map<Long, Aggregation> found,
            Map<Long, ThreadSize> sizes,
            Viewer viewer,
            EventShape shape,
            long now) {
        byte[] bundle(StoredEvent parent, Aggregation aggregation) {
            var bundle = new BundleOutput();
            aggregation.edit().ifPresent(edit -> bundle.edit(event(edit)));
            if (!aggregation.references().isEmpty()) {
                bundle.references(aggregation.references());
            }
            aggregation
                    .latest()
                    .ifPresent(latest -> {
                        var size = sizes.get(parent.nid());
                        if (size != null) {
                            bundle.thread(
                                    latest(latest),
                                    size.events(),
                                    Participation.of(
                                            size.participated()
                                                    || parent.senderNid() == viewer.userNid()));
                        }
                    });
            return bundle.toBytes();
        }

        private byte[] latest(TimelineEvent latest) {
            var aggregation = found.get(latest.event().nid());
            return aggregation == null
                    ? event(latest)
                    : ClientEvents.withRelations(
                            event(latest), bundle(latest.event(), aggregation));
        }

        private byte[] event(TimelineEvent child) {
            var pdu = child.event().pdu();
            return ClientEvents.render(pdu, shape, EventUnsigned.ofAge(now - pdu.originServerTs()));
        }
    }
}
