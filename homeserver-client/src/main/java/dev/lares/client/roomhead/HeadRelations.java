package dev.lares.client.roomhead;

import dev.lares.client.roomhead.HeadReader.Stretch;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.EventId;
import dev.lares.core.log.Position;
import dev.lares.core.relations.RelationTypes;
import dev.lares.core.relations.SharedAggregations;
import dev.lares.core.relations.SharedRelations;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Finds what relates to the events of heads. What comes changes how the event that it relates to
/// is shown, so that one is looked at again; where nothing that came relates to anything, that
/// costs no statement.
@Component
class HeadRelations {
    /// What is never bundled changes nothing.
    private static final Set<String> BUNDLED =
            Set.of(RelationTypes.REPLACE, RelationTypes.THREAD, RelationTypes.REFERENCE);

    private final SharedAggregations aggregations;
    private final EventReader events;
    private final HostedDomains domains;

    HeadRelations(SharedAggregations aggregations, EventReader events, HostedDomains domains) {
        this.aggregations = aggregations;
        this.events = events;
        this.domains = domains;
    }

    /// By the numbers of the events, those of the heads that the stretches follow included.
    Map<Long, SharedRelations> find(List<Stretch> stretches, Position to) {
        var parents = new HashMap<RoomRef, Collection<StoredEvent>>();
        var targets = new HashMap<RoomRef, Set<EventId>>();
        for (var stretch : stretches) {
            var changed = targets(stretch);
            if (stretch.known() == null || mayHaveRelations(stretch) || !changed.isEmpty()) {
                parents.put(stretch.room(), new HashSet<>(stretch.events()));
            }
            if (stretch.known() != null && !changed.isEmpty()) {
                targets.put(stretch.room(), changed);
            }
        }
        if (!targets.isEmpty()) {
            addEarlier(stretches, targets, parents);
        }
        return parents.isEmpty() ? Map.of() : aggregations.find(parents, to);
    }

    /// Nobody knows the ID of an event that is made here before it is there; that of another
    /// server's may be cited by what came first.
    private boolean mayHaveRelations(Stretch stretch) {
        return stretch.events().stream().anyMatch(event -> !domains.isLocal(event.pdu().sender()));
    }

    /// What the events of the stretch relate to.
    private static Set<EventId> targets(Stretch stretch) {
        var targets = new HashSet<EventId>();
        for (var event : stretch.events()) {
            if (RelationTypes.of(event.pdu()).filter(BUNDLED::contains).isPresent()) {
                RelationTypes.target(event.pdu()).ifPresent(targets::add);
            }
        }
        return targets;
    }

    /// The targets that the heads show, and the roots of the threads that those are in: a root is
    /// shown with the newest event of its thread, and that one with its edit.
    private void addEarlier(
            List<Stretch> stretches,
            Map<RoomRef, Set<EventId>> targets,
            Map<RoomRef, Collection<StoredEvent>> parents) {
        var shown = new HashMap<RoomRef, Set<Long>>();
        for (var stretch : stretches) {
            var head = stretch.known();
            if (head != null) {
                shown.put(stretch.room(), head.eventNids());
            }
        }
        var roots = new HashMap<RoomRef, Set<EventId>>();
        events.findByIds(targets)
                .forEach((room, found) -> {
                    for (var event : found) {
                        add(room, event, shown, parents);
                        if (RelationTypes.of(event.pdu())
                                .filter(RelationTypes.THREAD::equals)
                                .isPresent()) {
                            RelationTypes.target(event.pdu())
                                    .ifPresent(root ->
                                            roots.computeIfAbsent(room, missing -> new HashSet<>())
                                                    .add(root));
                        }
                    }
                });
        if (!roots.isEmpty()) {
            events.findByIds(roots)
                    .forEach((room, found) ->
                            found.forEach(event -> add(room, event, shown, parents)));
        }
    }

    private static void add(
            RoomRef room,
            StoredEvent event,
            Map<RoomRef, Set<Long>> shown,
            Map<RoomRef, Collection<StoredEvent>> parents) {
        if (shown.getOrDefault(room, Set.of()).contains(event.nid())) {
            parents.computeIfAbsent(room, missing -> new HashSet<>()).add(event);
        }
    }
}
