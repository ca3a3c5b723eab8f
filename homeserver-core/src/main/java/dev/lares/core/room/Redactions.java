package dev.lares.core.room;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Which redactions apply to which events. From room version 3 on that is decided when an event is
/// shown: a redaction applies where its sender had the power to redact, or is of the same domain as
/// the sender of what it redacts ([handling
/// redactions](https://spec.matrix.org/v1.19/rooms/v3/#handling-redactions)).
@Service
public class Redactions {
    private static final String TYPE = "m.room.redaction";
    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    private final RedactionRepository repository;
    private final EventReader events;
    private final StateBefore stateBefore;

    Redactions(RedactionRepository repository, EventReader events, StateBefore stateBefore) {
        this.repository = repository;
        this.events = events;
        this.stateBefore = stateBefore;
    }

    /// The redaction that applies to each of the events, by the redacted event's number; an event
    /// that none applies to is missing. The create event is never redacted.
    public Map<Long, StoredEvent> findApplied(RoomRef room, Collection<StoredEvent> targets) {
        if (targets.isEmpty()) {
            return Map.of();
        }
        var named =
                repository.find(
                        room.roomNid(), targets.stream().map(StoredEvent::eventId).toList());
        if (named.isEmpty()) {
            return Map.of();
        }
        var redactions = events.find(room, named.values().stream().flatMap(List::stream).toList());
        var pairs = new ArrayList<Pair>();
        for (var target : targets) {
            for (long nid : named.getOrDefault(target.eventId(), List.of())) {
                var redaction =
                        Objects.requireNonNull(
                                redactions.get(nid),
                                () -> "redaction names event " + nid + ", which is missing");
                if (names(redaction, target.eventId())) {
                    pairs.add(new Pair(redaction, target));
                }
            }
        }
        var applied = new HashMap<Long, StoredEvent>();
        for (var pair : applying(room, pairs)) {
            applied.putIfAbsent(pair.target().nid(), pair.redaction());
        }
        return applied;
    }

    /// As [#findApplied(RoomRef, Collection)] for many rooms: one statement, and a few more for
    /// each room that has redactions of these events.
    public Map<Long, StoredEvent> findApplied(
            Map<RoomRef, ? extends Collection<StoredEvent>> targets) {
        var roomNids = new ArrayList<Long>();
        var ids = new ArrayList<String>();
        targets.forEach((room, events) -> {
            for (var event : events) {
                roomNids.add(room.roomNid());
                ids.add(event.eventId().value());
            }
        });
        if (ids.isEmpty()) {
            return Map.of();
        }
        var concerned = repository.findRooms(roomNids, ids);
        var applied = new HashMap<Long, StoredEvent>();
        targets.forEach((room, events) -> {
            if (concerned.contains(room.roomNid())) {
                applied.putAll(findApplied(room, events));
            }
        });
        return applied;
    }

    /// Which of the events are redactions that do not apply, or not yet: clients do not get them.
    Set<Long> findIdle(RoomRef room, Collection<TimelineEvent> rows) {
        var redactions =
                rows.stream()
                        .map(TimelineEvent::event)
                        .filter(event -> event.pdu().type().equals(TYPE))
                        .filter(event -> !event.pdu().isState())
                        .toList();
        if (redactions.isEmpty() || room.version().rules().redactionAuthorisedBySender()) {
            return Set.of();
        }
        var targets =
                events.findByIds(
                        room,
                        redactions.stream()
                                .map(event -> event.pdu().redacts())
                                .flatMap(Optional::stream)
                                .toList());
        var pairs = new ArrayList<Pair>();
        var idle = new HashSet<Long>();
        for (var redaction : redactions) {
            idle.add(redaction.nid());
            redaction
                    .pdu()
                    .redacts()
                    .map(targets::get)
                    .ifPresent(target -> pairs.add(new Pair(redaction, target)));
        }
        applying(room, pairs).forEach(pair -> idle.remove(pair.redaction().nid()));
        return idle;
    }

    private List<Pair> applying(RoomRef room, List<Pair> pairs) {
        var undecided = pairs.stream().filter(pair -> !pair.sameDomain()).toList();
        // Up to version 2 the auth rules decide, so what was accepted applies.
        if (undecided.isEmpty() || room.version().rules().redactionAuthorisedBySender()) {
            return pairs;
        }
        var before =
                stateBefore.find(
                        room,
                        undecided.stream().map(Pair::redaction).toList(),
                        List.of(POWER_LEVELS, CREATE));
        return pairs.stream()
                .filter(pair -> pair.sameDomain() || hasPower(pair.redaction(), before))
                .toList();
    }

    private static boolean hasPower(StoredEvent redaction, StateBefore.Answers before) {
        var create = before.find(redaction, CREATE);
        if (create.isEmpty()) {
            return false;
        }
        var levels =
                PowerLevels.of(
                        before.find(redaction, POWER_LEVELS).map(StoredEvent::pdu),
                        create.get().pdu());
        return levels.ofUser(redaction.pdu().sender()) >= levels.redact();
    }

    private static boolean names(StoredEvent redaction, EventId target) {
        return redaction.isAccepted()
                && !redaction.pdu().isState()
                && redaction.pdu().redacts().filter(target::equals).isPresent();
    }

    private record Pair(StoredEvent redaction, StoredEvent target) {
        boolean sameDomain() {
            return redaction.pdu().sender().serverName().equals(target.pdu().sender().serverName());
        }
    }
}
