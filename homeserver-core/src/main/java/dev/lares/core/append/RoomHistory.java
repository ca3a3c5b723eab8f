package dev.lares.core.append;

import dev.lares.core.append.HistoryRepository.StoredRow;
import dev.lares.core.auth.AuthDecision;
import dev.lares.core.auth.AuthEventsCheck;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventFlags;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.event.VerifiedPdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.Position;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.log.StreamRow;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.state.SideLines;
import dev.lares.core.state.StateVersion;
import dev.lares.core.user.UserRefs;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/// Takes in events that are not news: history, page by page, and outliers, which have no place in
/// the room's graph and only say what others rest on. Bodies are written one by one beside the log;
/// one small append then shows a page. May be repeated wherever it was broken off.
@Service
public class RoomHistory {
    private static final StateKey CREATE = new StateKey("m.room.create", "");
    private static final String STREAM = "history";

    private final RoomRefs rooms;
    private final UserRefs users;
    private final HistoryRepository repository;
    private final HistoryService service;
    private final LaneEvents events;
    private final ReceivedAssessor assessor;
    private final SideLines lines;
    private final LogWriter log;

    RoomHistory(
            RoomRefs rooms,
            UserRefs users,
            HistoryRepository repository,
            HistoryService service,
            LaneEvents events,
            ReceivedAssessor assessor,
            SideLines lines,
            LogWriter log) {
        this.rooms = rooms;
        this.users = users;
        this.repository = repository;
        this.service = service;
        this.events = events;
        this.assessor = assessor;
        this.lines = lines;
        this.log = log;
    }

    /// Stores events without a place: auth events of others, and states. Those that are there stay
    /// as they are. `M_NOT_FOUND` for a room that we do not know.
    ///
    /// @return what became of each, or which of the auth events are missing; then nothing was
    ///   stored
    public ReceivedResult storeOutliers(RoomId roomId, List<VerifiedPdu> pdus) {
        var room = room(roomId);
        var stored = find(room, pdus, Set.of());
        var missing = missingAuthEvents(pdus, stored);
        if (!missing.isEmpty()) {
            return new ReceivedResult.Missing(Set.of(), missing);
        }
        var outcomes = new LinkedHashMap<EventId, ReceivedOutcome>();
        for (var verified : Citations.citedFirst(pdus)) {
            outcomes.put(verified.pdu().eventId(), storeOutlier(room, verified, stored));
        }
        return new ReceivedResult.Landed(new Position(0), outcomes, 0);
    }

    private ReceivedOutcome storeOutlier(
            RoomRef room, VerifiedPdu verified, Map<EventId, StoredRow> stored) {
        var pdu = verified.pdu();
        var known = Optional.ofNullable(stored.get(pdu.eventId()));
        if (known.filter(StoredRow::isStored).isPresent()) {
            return new ReceivedOutcome.Known();
        }
        var refusal = unplaceable(room, pdu, known);
        if (refusal.isPresent()) {
            return new ReceivedOutcome.Refused(refusal.get());
        }
        if (citesRefused(pdu, stored)) {
            return new ReceivedOutcome.Refused("it cites an event that was refused");
        }
        return store(room, verified, Optional.empty(), checkAuthEvents(room, pdu, stored), stored);
    }

    /// Shows a page of history. Its events are authorised by their auth events and by the state
    /// before them; who may not have sent them is kept and not shown. `M_NOT_FOUND` for a room that
    /// we do not know, and where the timeline does not show the event before which the page goes.
    ///
    /// @return what became of each, or which auth events or events of the state are missing; then
    ///   nothing was stored
    public ReceivedResult show(HistoryPage page, Duration deadline) {
        var room = room(page.roomId());
        long before =
                repository
                        .findShown(room, page.before())
                        .orElseThrow(() ->
                                new MatrixException(
                                        ErrorCode.M_NOT_FOUND, "The timeline has no such event"));
        var stored = find(room, page.pdus(), page.state());
        var missing = missingAuthEvents(page.pdus(), stored);
        page.state().stream()
                .filter(id -> !isStored(stored, id))
                .filter(id -> page.pdus().stream().noneMatch(of -> of.pdu().eventId().equals(id)))
                .forEach(missing::add);
        if (!missing.isEmpty()) {
            return new ReceivedResult.Missing(Set.of(), missing);
        }
        var order = Citations.citedFirst(page.pdus());
        var oldest = new Oldest(room, page.state());
        var outcomes = new LinkedHashMap<EventId, ReceivedOutcome>();
        for (var verified : order) {
            outcomes.put(verified.pdu().eventId(), place(room, verified, stored, oldest));
        }
        var shown =
                order.reversed().stream()
                        .map(verified -> stored.get(verified.pdu().eventId()))
                        .filter(Objects::nonNull)
                        .filter(row -> row.isAccepted())
                        .filter(row -> !row.type().equals(EventRows.DUMMY))
                        .map(StoredRow::eventNid)
                        .toList();
        var position = show(room, before, shown, deadline);
        return new ReceivedResult.Landed(position, outcomes, 0);
    }

    private Position show(RoomRef room, long before, List<Long> shown, Duration deadline) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("room_nid", room.roomNid());
        row.put("before_nid", before);
        var nids = row.putArray("events");
        shown.forEach(nids::add);
        var item =
                new AppendItem(
                        Optional.of(new TargetRoom.Existing(room.roomId())),
                        List.of(),
                        List.of(new StreamRow(STREAM, 0, room.roomNid(), row)),
                        Optional.empty());
        return log.append(item, deadline).position();
    }

    /// The state before the oldest events of a page, stored when the first of them needs it.
    private final class Oldest {
        private final RoomRef room;
        private final List<EventId> state;
        private Optional<StateVersion> version = Optional.empty();

        Oldest(RoomRef room, List<EventId> state) {
            this.room = room;
            this.state = state;
        }

        StateVersion version() {
            if (version.isEmpty()) {
                var placed = new HashMap<Long, Long>();
                for (var row : repository.find(room, state).values()) {
                    if (row.keyNid() != 0) {
                        placed.put(row.keyNid(), row.eventNid());
                    }
                }
                version = Optional.of(lines.nextPage(room.roomNid(), placed));
            }
            return version.get();
        }
    }

    private ReceivedOutcome place(
            RoomRef room, VerifiedPdu verified, Map<EventId, StoredRow> stored, Oldest oldest) {
        var pdu = verified.pdu();
        var known = Optional.ofNullable(stored.get(pdu.eventId()));
        if (known.filter(StoredRow::isPlaced).isPresent()) {
            return new ReceivedOutcome.Known();
        }
        var refusal = unplaceable(room, pdu, known);
        if (refusal.isPresent()) {
            return new ReceivedOutcome.Refused(refusal.get());
        }
        if (citesRefused(pdu, stored)) {
            return new ReceivedOutcome.Refused("it cites an event that was refused");
        }
        boolean isWhole =
                pdu.prevEvents().stream()
                        .allMatch(prev ->
                                Optional.ofNullable(stored.get(prev))
                                        .filter(StoredRow::isPlaced)
                                        .isPresent());
        var assessment =
                isWhole ? assessor.assess(room, pdu) : assessor.assess(room, pdu, oldest.version());
        var decision = checkAuthEvents(room, pdu, stored);
        return store(
                room,
                verified,
                Optional.of(assessment.before()),
                decision.isAllowed() ? assessment.decision() : decision,
                stored);
    }

    /// The create event has no place in history: it is in every room that we know.
    private static Optional<String> unplaceable(RoomRef room, Pdu pdu, Optional<StoredRow> known) {
        if (known.filter(row -> row.isOfAnotherRoom(room)).isPresent()) {
            return Optional.of("its ID is that of another room's event");
        }
        return Unplaceable.reason(pdu, room, Optional.empty());
    }

    private static boolean citesRefused(Pdu pdu, Map<EventId, StoredRow> stored) {
        return pdu.authEvents().stream().anyMatch(id -> !isStored(stored, id));
    }

    private AuthDecision checkAuthEvents(RoomRef room, Pdu pdu, Map<EventId, StoredRow> stored) {
        var rows =
                pdu.authEvents().stream()
                        .map(id -> Objects.requireNonNull(stored.get(id)))
                        .toList();
        var bodies = events.find(room, rows.stream().map(StoredRow::eventNid).toList());
        var rejected = new HashSet<EventId>();
        for (var id : pdu.authEvents()) {
            if (Objects.requireNonNull(stored.get(id)).isRejected()) {
                rejected.add(id);
            }
        }
        return AuthEventsCheck.check(
                pdu,
                rows.stream()
                        .map(row -> Objects.requireNonNull(bodies.get(row.eventNid())))
                        .toList(),
                auth -> rejected.contains(auth.eventId()),
                create(room));
    }

    private Optional<Pdu> create(RoomRef room) {
        return repository
                .findCurrent(room, CREATE)
                .flatMap(nid -> Optional.ofNullable(events.find(room, List.of(nid)).get(nid)));
    }

    /// @param before the state before it; empty for an outlier
    private ReceivedOutcome store(
            RoomRef room,
            VerifiedPdu verified,
            Optional<StateVersion> before,
            AuthDecision decision,
            Map<EventId, StoredRow> stored) {
        var pdu = verified.pdu();
        var flags = before.isPresent() ? EventFlags.ACCEPTED : EventFlags.OUTLIER;
        var refusal = Optional.<String>empty();
        ReceivedOutcome outcome = new ReceivedOutcome.Accepted();
        if (decision instanceof AuthDecision.Rejected(String rule, String reason)) {
            flags = flags.and(EventFlags.REJECTED);
            refusal = Optional.of(rule + ": " + reason);
            outcome = new ReceivedOutcome.Rejected(rule, reason);
        }
        switch (verified.integrity()) {
            case WHOLE -> {}
            case REDACTED -> flags = flags.and(EventFlags.REDACTED_ON_RECEIPT);
        }
        var cited = new HashSet<>(pdu.prevEvents());
        cited.addAll(pdu.authEvents());
        cited.add(pdu.eventId());
        var nids = repository.internPlaceholders(room, cited);
        service.store(
                room,
                new HistoryService.Body(
                        Objects.requireNonNull(nids.get(pdu.eventId())),
                        pdu,
                        users.intern(pdu.sender()),
                        nids(pdu.prevEvents(), nids),
                        nids(pdu.authEvents(), nids),
                        before.map(StateVersion::ref),
                        flags,
                        refusal));
        stored.putAll(repository.find(room, List.of(pdu.eventId())));
        return outcome;
    }

    private static List<Long> nids(List<EventId> of, Map<EventId, Long> nids) {
        return of.stream().distinct().map(id -> Objects.requireNonNull(nids.get(id))).toList();
    }

    private Map<EventId, StoredRow> find(
            RoomRef room, List<VerifiedPdu> pdus, Collection<EventId> more) {
        var wanted = new HashSet<EventId>(more);
        var senders = new HashSet<UserId>();
        for (var verified : pdus) {
            var pdu = verified.pdu();
            wanted.add(pdu.eventId());
            wanted.addAll(pdu.prevEvents());
            wanted.addAll(pdu.authEvents());
            senders.add(pdu.sender());
        }
        users.intern(senders);
        return repository.find(room, wanted);
    }

    private static Set<EventId> missingAuthEvents(
            List<VerifiedPdu> pdus, Map<EventId, StoredRow> stored) {
        var missing = new HashSet<EventId>();
        pdus.forEach(verified -> missing.addAll(verified.pdu().authEvents()));
        missing.removeIf(id -> isStored(stored, id));
        pdus.forEach(verified -> missing.remove(verified.pdu().eventId()));
        return missing;
    }

    private static boolean isStored(Map<EventId, StoredRow> stored, EventId id) {
        return Optional.ofNullable(stored.get(id)).filter(StoredRow::isStored).isPresent();
    }

    private RoomRef room(RoomId roomId) {
        return rooms.find(roomId)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "No such room"));
    }
}
