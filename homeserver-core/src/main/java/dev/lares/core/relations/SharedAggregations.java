package dev.lares.core.relations;

import dev.lares.core.event.ClientEvents;
import dev.lares.core.event.EventShape;
import dev.lares.core.event.EventUnsigned;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.relations.RelationPlaceRepository.ThreadSize;
import dev.lares.core.relations.SharedRelations.Audience;
import dev.lares.core.relations.SharedRelations.Known;
import dev.lares.core.relations.SharedRelations.SharedThread;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SharedRendering;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/// Finds what is bundled with events of many rooms so that it can be kept and told to many: as
/// [BundledRendering] does for one, without ages.
@Service
public class SharedAggregations {
    /// Of more senders in a thread it is not known who they all are.
    private static final int PARTICIPANTS_MAX = 64;

    private static final long NOBODY = 0;

    private final Aggregations aggregations;
    private final RelationPlaceRepository repository;
    private final SharedRendering rendering;

    SharedAggregations(
            Aggregations aggregations,
            RelationPlaceRepository repository,
            SharedRendering rendering) {
        this.aggregations = aggregations;
        this.repository = repository;
        this.rendering = rendering;
    }

    /// By the events' internal numbers; events with nothing bundled are missing. One statement
    /// where that is all of them.
    ///
    /// @param to relations behind this position do not count
    public Map<Long, SharedRelations> find(
            Map<RoomRef, ? extends Collection<StoredEvent>> parents, Position to) {
        var found =
                aggregations.find(
                        parents,
                        (room, events) ->
                                events.stream()
                                        .map(TimelineEvent::event)
                                        .filter(StoredEvent::isAccepted)
                                        .map(StoredEvent::nid)
                                        .collect(Collectors.toSet()),
                        Set.of(),
                        to);
        if (found.isEmpty()) {
            return Map.of();
        }
        var all = parents.values().stream().flatMap(Collection::stream).toList();
        var roots =
                all.stream()
                        .filter(event -> {
                            var one = found.get(event.nid());
                            return one != null && one.latest().isPresent();
                        })
                        .toList();
        var writing =
                new Writing(
                        found,
                        roots.isEmpty()
                                ? Map.of()
                                : repository.countThreads(roots, to, Set.of(), NOBODY),
                        roots.isEmpty()
                                ? Map.of()
                                : repository.findParticipants(roots, to, PARTICIPANTS_MAX),
                        rendering.findVisibleToMembers(shown(parents, found)));
        var shared = new HashMap<Long, SharedRelations>();
        for (var event : all) {
            var aggregation = found.get(event.nid());
            if (aggregation != null) {
                shared.put(event.nid(), writing.shared(event, aggregation));
            }
        }
        return shared;
    }

    private static Map<RoomRef, Collection<StoredEvent>> shown(
            Map<RoomRef, ? extends Collection<StoredEvent>> parents, Map<Long, Aggregation> found) {
        var rooms = new HashMap<Long, RoomRef>();
        parents.keySet().forEach(room -> rooms.put(room.roomNid(), room));
        var shown = new HashMap<RoomRef, Collection<StoredEvent>>();
        found.values().stream()
                .flatMap(Aggregation::shown)
                .map(TimelineEvent::event)
                .forEach(event -> {
                    var room = rooms.get(event.roomNid());
                    if (room != null) {
                        shown.computeIfAbsent(room, missing -> new HashSet<>()).add(event);
                    }
                });
        return shown;
    }

    private record Writing(
            Map<Long, Aggregation> found,
            Map<Long, ThreadSize> sizes,
            Map<Long, Set<UserId>> participants,
            Set<Long> visible) {
        SharedRelations shared(StoredEvent parent, Aggregation aggregation) {
            var ofLatest =
                    aggregation.latest().stream()
                            .flatMap(latest -> Stream.ofNullable(found.get(latest.event().nid())))
                            .toList();
            var told = new ArrayList<>(aggregation.shown().toList());
            ofLatest.forEach(one -> one.shown().forEach(told::add));
            var senders = new HashSet<UserId>();
            told.forEach(event -> senders.add(event.event().pdu().sender()));
            long lastPos = aggregation.lastPos();
            for (var one : ofLatest) {
                lastPos = Math.max(lastPos, one.lastPos());
            }
            return new SharedRelations(
                    members(aggregation),
                    aggregation.latest().map(latest -> thread(parent, latest)),
                    senders,
                    told.stream().mapToLong(TimelineEvent::pos).min().orElse(lastPos),
                    lastPos,
                    told.stream().allMatch(event -> visible.contains(event.event().nid()))
                            ? Audience.MEMBERS
                            : Audience.THOSE_PRESENT);
        }

        private SharedThread thread(StoredEvent parent, TimelineEvent latest) {
            var ofLatest = found.get(latest.event().nid());
            var json = event(latest);
            if (ofLatest != null) {
                var bundle = new BundleOutput();
                bundle.members(members(ofLatest));
                json = ClientEvents.withRelations(json, bundle.toBytes());
            }
            var size = sizes.get(parent.nid());
            var known = participants.getOrDefault(parent.nid(), Set.of());
            return new SharedThread(
                    json,
                    size == null ? 0 : size.events(),
                    known,
                    known.size() > PARTICIPANTS_MAX ? Known.SOME : Known.ALL);
        }

        private static byte[] members(Aggregation aggregation) {
            var bundle = new BundleOutput();
            aggregation.edit().ifPresent(edit -> bundle.edit(event(edit)));
            if (!aggregation.references().isEmpty()) {
                bundle.references(aggregation.references());
            }
            return bundle.toMembers();
        }

        private static byte[] event(TimelineEvent child) {
            return ClientEvents.render(
                    child.event().pdu(), EventShape.WITHOUT_ROOM_ID, EventUnsigned.NONE);
        }
    }
}
