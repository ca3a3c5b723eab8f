package dev.lares.core.relations;

import dev.lares.core.log.Position;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.Redactions;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Finds what is
/// [bundled](https://spec.matrix.org/v1.19/client-server-api/#aggregations-of-child-events) with
/// events: for however many one statement where nothing relates to them, else a handful.
@Service
class Aggregations {
    private static final String ENCRYPTED = "m.room.encrypted";

    /// The most recent edit is the one with the greatest timestamp, then with the greatest ID.
    private static final Comparator<TimelineEvent> BY_AGE =
            Comparator.comparingLong((TimelineEvent edit) -> edit.event().pdu().originServerTs())
                    .thenComparing(edit -> edit.event().eventId().value());

    private final RelationPlaceRepository repository;
    private final EventReader events;
    private final Redactions redactions;

    Aggregations(RelationPlaceRepository repository, EventReader events, Redactions redactions) {
        this.repository = repository;
        this.events = events;
        this.redactions = redactions;
    }

    /// Decides which of the events that relate to others are shown.
    interface Judge {
        /// Internal numbers of those of the room's events that whoever it is for may see.
        Set<Long> visible(RoomRef room, List<TimelineEvent> events);
    }

    /// By the events' internal numbers, those of the newest events of threads included; events with
    /// nothing bundled are missing. State has nothing bundled.
    ///
    /// @param to relations behind this position do not count
    Map<Long, Aggregation> find(
            Map<RoomRef, ? extends Collection<StoredEvent>> parents,
            Judge judge,
            Set<String> ignored,
            Position to) {
        var rooms =
                parents.keySet().stream()
                        .collect(Collectors.toMap(RoomRef::roomNid, Function.identity()));
        var all =
                parents.values().stream()
                        .flatMap(Collection::stream)
                        .filter(event -> !event.pdu().isState() && event.isAccepted())
                        .distinct()
                        .toList();
        var found = new HashMap<>(find(rooms, all, judge, ignored, to));
        var latest =
                found.values().stream()
                        .flatMap(one -> one.latest().stream())
                        .map(TimelineEvent::event)
                        .filter(event -> !found.containsKey(event.nid()))
                        .toList();
        // An event in a thread is the root of none, so this ends here.
        found.putAll(find(rooms, latest, judge, ignored, to));
        return found;
    }

    private Map<Long, Aggregation> find(
            Map<Long, RoomRef> rooms,
            List<StoredEvent> parents,
            Judge judge,
            Set<String> ignored,
            Position to) {
        if (parents.isEmpty()) {
            return Map.of();
        }
        var children = repository.findChildren(parents, to, ignored);
        if (children.isEmpty()) {
            return Map.of();
        }
        var usable = usable(rooms, parents, children, judge);
        var redacted = redactedParents(rooms, parents, children);
        var byParent = children.stream().collect(Collectors.groupingBy(Child::parent));
        var found = new HashMap<Long, Aggregation>();
        byParent.forEach((ordinal, ofParent) -> {
            var parent = parents.get(ordinal);
            var aggregation = aggregate(parent, ofParent, usable, redacted);
            if (!aggregation.isEmpty()) {
                found.put(parent.nid(), aggregation);
            }
        });
        return found;
    }

    /// The children that are there, not redacted, and to be seen.
    private Map<Long, TimelineEvent> usable(
            Map<Long, RoomRef> rooms,
            List<StoredEvent> parents,
            List<Child> children,
            Judge judge) {
        var byRoom = new HashMap<RoomRef, Collection<Long>>();
        for (var child : children) {
            room(rooms, parents.get(child.parent()))
                    .ifPresent(room ->
                            byRoom.computeIfAbsent(room, missing -> new HashSet<>())
                                    .add(child.eventNid()));
        }
        var bodies = events.find(byRoom);
        var places =
                children.stream()
                        .collect(Collectors.toMap(Child::eventNid, Child::place, (a, b) -> a));
        var rows = new HashMap<RoomRef, List<TimelineEvent>>();
        var ofRoom = new HashMap<RoomRef, Collection<StoredEvent>>();
        for (var event : bodies.values()) {
            var place = places.get(event.nid());
            if (place != null) {
                room(rooms, event)
                        .ifPresent(room -> {
                            rows.computeIfAbsent(room, missing -> new ArrayList<>())
                                    .add(new TimelineEvent(place, event));
                            ofRoom.computeIfAbsent(room, missing -> new ArrayList<>()).add(event);
                        });
            }
        }
        var redacted = redactions.findApplied(ofRoom);
        var usable = new HashMap<Long, TimelineEvent>();
        rows.forEach((room, all) -> {
            var visible = judge.visible(room, all);
            for (var row : all) {
                if (visible.contains(row.event().nid())
                        && !redacted.containsKey(row.event().nid())) {
                    usable.put(row.event().nid(), row);
                }
            }
        });
        return usable;
    }

    /// Which of the parents that have edits are redacted: edits are not bundled with these.
    private Set<Long> redactedParents(
            Map<Long, RoomRef> rooms, List<StoredEvent> parents, List<Child> children) {
        var edited = new HashMap<RoomRef, Collection<StoredEvent>>();
        for (var child : children) {
            if (child.relType().equals(RelationTypes.REPLACE)) {
                var parent = parents.get(child.parent());
                room(rooms, parent)
                        .ifPresent(room ->
                                edited.computeIfAbsent(room, missing -> new HashSet<>())
                                        .add(parent));
            }
        }
        return redactions.findApplied(edited).keySet();
    }

    private static Optional<RoomRef> room(Map<Long, RoomRef> rooms, StoredEvent event) {
        return Optional.ofNullable(rooms.get(event.roomNid()));
    }

    private static Aggregation aggregate(
            StoredEvent parent,
            List<Child> children,
            Map<Long, TimelineEvent> usable,
            Set<Long> redacted) {
        var ofParent = RelationTypes.of(parent.pdu());
        // "You cannot edit an edit", and what relates to another event starts no thread.
        boolean editable =
                !redacted.contains(parent.nid())
                        && ofParent.filter(RelationTypes.REPLACE::equals).isEmpty();
        var edits = new ArrayList<TimelineEvent>();
        var replies = new ArrayList<TimelineEvent>();
        var references = new ArrayList<TimelineEvent>();
        long lastPos = Long.MIN_VALUE;
        for (var child : children) {
            lastPos = Math.max(lastPos, child.place().pos());
            var event = usable.get(child.eventNid());
            if (event != null && !event.event().pdu().isState()) {
                switch (child.relType()) {
                    case RelationTypes.REPLACE -> edits.add(event);
                    case RelationTypes.THREAD -> replies.add(event);
                    default -> references.add(event);
                }
            }
        }
        return new Aggregation(
                editable
                        ? edits.stream().filter(edit -> replaces(edit.event())).max(BY_AGE)
                        : Optional.empty(),
                ofParent.isEmpty() ? replies.stream().findFirst() : Optional.empty(),
                references,
                lastPos);
    }

    /// Whether a relation keeps the rules of its type.
    static boolean isValid(StoredEvent parent, StoredEvent child, String relType) {
        var ofParent = RelationTypes.of(parent.pdu());
        return switch (relType) {
            case RelationTypes.REPLACE ->
                    ofParent.filter(RelationTypes.REPLACE::equals).isEmpty()
                            && !parent.pdu().isState()
                            && !child.pdu().isState()
                            && child.senderNid() == parent.senderNid()
                            && child.pdu().type().equals(parent.pdu().type())
                            && replaces(child);
            case RelationTypes.THREAD -> ofParent.isEmpty();
            default -> true;
        };
    }

    /// Whether it has the form of an edit; sender and type were compared before.
    private static boolean replaces(StoredEvent edit) {
        var pdu = edit.pdu();
        return pdu.type().equals(ENCRYPTED) || pdu.content().path("m.new_content").isObject();
    }
}
