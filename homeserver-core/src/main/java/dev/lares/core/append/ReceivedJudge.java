package dev.lares.core.append;

import dev.lares.core.append.BatchBasis.EventKey;
import dev.lares.core.append.BatchBasis.RefRow;
import dev.lares.core.append.BatchBasis.Whereabouts;
import dev.lares.core.append.BatchRows.OutlierRow;
import dev.lares.core.append.Resolution.Changed;
import dev.lares.core.auth.AuthDecision;
import dev.lares.core.auth.AuthEventsCheck;
import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.event.EventFlags;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.state.StateChange;
import dev.lares.core.state.StateHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Step 4 of an append for an event that was made elsewhere, in memory: decides by its auth events,
/// by the state before it and by the current state what becomes of it, and what of the room
/// ([checks on
/// receipt](https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu)).
@Component
class ReceivedJudge {
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    private final NumberPool numbers;
    private final StatePlanning planning;
    private final EventRows rows;

    ReceivedJudge(NumberPool numbers, StatePlanning planning, EventRows rows) {
        this.numbers = numbers;
        this.planning = planning;
        this.rows = rows;
    }

    /// What was decided about one event.
    sealed interface Step {
        /// It leaves no row.
        record Left(ReceivedOutcome outcome) implements Step {}

        /// @param outlier that takes its place in the room
        record Placed(BuiltEvent event, ReceivedOutcome outcome, Optional<OutlierRow> outlier)
                implements Step {}

        record Needs(Need need) implements Step {}
    }

    /// An event and what it cites, all of which is known.
    private record Cites(
            Incoming incoming,
            Optional<RefRow> known,
            Map<EventId, Long> prevNids,
            List<Long> authNids,
            List<Pdu> authEvents,
            Set<EventId> rejected) {
        Pdu pdu() {
            return incoming.pdu();
        }
    }

    /// @param at ordinal of the event's timeline row, should it get one
    Step judge(Incoming incoming, Prepared item, RoomWork room, BatchBasis basis, int at) {
        var pdu = incoming.pdu();
        var known = ref(room, basis, pdu.eventId());
        if (room.made(pdu.eventId()).isPresent()
                || known.filter(ref -> ref.whereabouts() == Whereabouts.HERE).isPresent()) {
            return new Step.Left(new ReceivedOutcome.Known());
        }
        if (known.filter(RefRow::missed).isPresent()) {
            return new Step.Left(new ReceivedOutcome.Past());
        }
        var refusal = Unplaceable.reason(pdu, room.memory().room(), known);
        if (refusal.isPresent()) {
            return new Step.Left(new ReceivedOutcome.Refused(refusal.get()));
        }
        if (!citesOnlyWhatIsHere(pdu, room, basis)) {
            // The item was looked through before; so this is one that was refused just now.
            return new Step.Left(new ReceivedOutcome.Refused("it cites an event that was refused"));
        }
        var cites = cites(incoming, known, room, basis);
        var assessment = incoming.assessment().or(() -> assessByHead(cites, room));
        if (assessment.isEmpty()) {
            return new Step.Needs(new Need.Assess(room.memory().room(), incoming));
        }
        return judge(cites, assessment.get(), item, room, at);
    }

    private Step judge(Cites cites, Assessment assessment, Prepared item, RoomWork room, int at) {
        var pdu = cites.pdu();
        // Check 4, then 5.
        var byCited =
                AuthEventsCheck.check(
                        pdu,
                        cites.authEvents(),
                        auth -> cites.rejected().contains(auth.eventId()),
                        room.state().find(CREATE));
        var decision = byCited.isAllowed() ? assessment.decision() : byCited;
        if (decision instanceof AuthDecision.Rejected(String rule, String reason)) {
            return kept(
                    cites,
                    assessment,
                    item,
                    room,
                    EventFlags.REJECTED,
                    new ReceivedOutcome.Rejected(rule, reason));
        }
        // Check 6.
        if (EventAuthorizer.check(pdu, room.state())
                instanceof AuthDecision.Rejected(String rule, String reason)) {
            return kept(
                    cites,
                    assessment,
                    item,
                    room,
                    EventFlags.SOFT_FAILED,
                    new ReceivedOutcome.SoftFailed(rule, reason));
        }
        return accepted(cites, assessment, item, room, at);
    }

    private Step kept(
            Cites cites,
            Assessment assessment,
            Prepared item,
            RoomWork room,
            EventFlags standing,
            ReceivedOutcome outcome) {
        var refusal =
                switch (outcome) {
                    case ReceivedOutcome.Rejected(String rule, String reason) ->
                            rule + ": " + reason;
                    case ReceivedOutcome.SoftFailed(String rule, String reason) ->
                            rule + ": " + reason;
                    case ReceivedOutcome.Accepted _,
                            ReceivedOutcome.Known _,
                            ReceivedOutcome.Past _,
                            ReceivedOutcome.Refused _ ->
                            throw new IllegalArgumentException("Not kept: " + outcome);
                };
        var placed =
                placed(cites, assessment, eventNid(cites), room, standing, Optional.of(refusal));
        return new Step.Placed(rows.kept(placed, item, room), outcome, outlier(cites, room));
    }

    private Step accepted(
            Cites cites, Assessment assessment, Prepared item, RoomWork room, int at) {
        var head = room.head();
        var main = head.main().orElseThrow();
        long eventNid = eventNid(cites);
        var placed =
                placed(cites, assessment, eventNid, room, EventFlags.ACCEPTED, Optional.empty());
        var own =
                placed.keyNid()
                        .map(key -> new StateChange(key, assessment.replacedNid(), eventNid));
        var after = planning.hashAfter(assessment.before().hash(), own.stream().toList());
        var others = new HashMap<Long, StateHash>();
        for (var extremity : head.extremities()) {
            if (!assessment.outdated().contains(extremity.eventNid())) {
                others.put(extremity.eventNid(), extremity.state());
            }
        }
        var states = new HashSet<>(others.values());
        states.add(after);
        List<Changed> changes;
        if (states.equals(head.states()) || states.equals(Set.of(main.hash()))) {
            changes = List.of();
        } else if (states.size() == 1 && assessment.before().hash().equals(main.hash())) {
            changes = List.of(changed(cites, own.orElseThrow(), item));
        } else {
            var resolution =
                    cites.incoming().resolution().filter(made -> made.isFor(main.hash(), states));
            if (resolution.isEmpty()) {
                return new Step.Needs(
                        new Need.Resolve(
                                room.memory().room(),
                                cites.incoming(),
                                assessment,
                                cites.authNids(),
                                cites.known().map(RefRow::eventNid).orElse(0L),
                                main,
                                others));
            }
            changes = resolution.get().changes();
        }
        return new Step.Placed(
                rows.accepted(
                        placed, item, room, at, assessment.outdated(), Optional.of(after), changes),
                new ReceivedOutcome.Accepted(),
                outlier(cites, room));
    }

    private static Changed changed(Cites cites, StateChange own, Prepared item) {
        var pdu = cites.pdu();
        return new Changed(
                cites.incoming().stateKey().orElseThrow(),
                own,
                Optional.of(pdu),
                EventOutline.of(pdu).memberIfAny().map(item::userNid));
    }

    private EventRows.Placed placed(
            Cites cites,
            Assessment assessment,
            long eventNid,
            RoomWork room,
            EventFlags standing,
            Optional<String> refusal) {
        var pdu = cites.pdu();
        var flags =
                switch (cites.incoming().verified().integrity()) {
                    case WHOLE -> standing;
                    case REDACTED -> standing.and(EventFlags.REDACTED_ON_RECEIPT);
                };
        var keyNid =
                cites.incoming()
                        .reserved()
                        .map(Incoming.Reserved::keyNid)
                        .filter(nid -> nid != 0)
                        .or(() -> rows.keyNid(pdu, room));
        return new EventRows.Placed(
                pdu,
                eventNid,
                keyNid,
                List.copyOf(cites.prevNids().values()),
                cites.authNids(),
                assessment.before().ref().line(),
                assessment.before().ref().ver(),
                flags,
                refusal);
    }

    private long eventNid(Cites cites) {
        return cites.known()
                .map(RefRow::eventNid)
                .or(() -> cites.incoming().reserved().map(Incoming.Reserved::eventNid))
                .orElseGet(numbers::nextEvent);
    }

    private static Optional<OutlierRow> outlier(Cites cites, RoomWork room) {
        return cites.known()
                .filter(ref -> ref.whereabouts() == Whereabouts.OUTLIER)
                .map(ref -> new OutlierRow(room.memory().room().roomNid(), ref.eventNid()));
    }

    /// Where an event cites extremities whose states make up the current one, that is the state
    /// before it, and nothing has to be read.
    private static Optional<Assessment> assessByHead(Cites cites, RoomWork room) {
        var head = room.head();
        var main = head.main().orElseThrow();
        var states = new HashSet<StateHash>();
        for (long prev : cites.prevNids().values()) {
            var extremity =
                    head.extremities().stream().filter(one -> one.eventNid() == prev).findAny();
            if (extremity.isEmpty()) {
                return Optional.empty();
            }
            states.add(extremity.get().state());
        }
        if (!states.equals(head.states()) && !states.equals(Set.of(main.hash()))) {
            return Optional.empty();
        }
        return Optional.of(
                new Assessment(
                        main,
                        EventAuthorizer.check(cites.pdu(), room.state()),
                        cites.incoming()
                                .stateKey()
                                .map(key -> room.slot(key).eventNid())
                                .orElse(0L),
                        new HashSet<>(cites.prevNids().values())));
    }

    private static Cites cites(
            Incoming incoming, Optional<RefRow> known, RoomWork room, BatchBasis basis) {
        var pdu = incoming.pdu();
        var prevNids = new LinkedHashMap<EventId, Long>();
        for (var prev : pdu.prevEvents()) {
            prevNids.put(prev, nid(room, basis, prev));
        }
        var authNids = new LinkedHashSet<Long>();
        var authEvents = new ArrayList<Pdu>();
        var rejected = new HashSet<EventId>();
        for (var auth : pdu.authEvents()) {
            long nid = nid(room, basis, auth);
            authNids.add(nid);
            var ref = ref(room, basis, auth);
            authEvents.add(
                    room.made(auth)
                            .map(BuiltEvent::pdu)
                            .or(() -> ref.flatMap(RefRow::pdu))
                            .orElseThrow());
            if (ref.map(RefRow::rejected).orElse(false)
                    || room.made(auth).filter(ReceivedJudge::isRejected).isPresent()) {
                rejected.add(auth);
            }
        }
        return new Cites(incoming, known, prevNids, List.copyOf(authNids), authEvents, rejected);
    }

    private static long nid(RoomWork room, BatchBasis basis, EventId eventId) {
        return room.made(eventId)
                .map(BuiltEvent::eventNid)
                .or(() -> ref(room, basis, eventId).map(RefRow::eventNid))
                .orElseThrow(() -> new IllegalStateException(eventId + " was not read"));
    }

    private static boolean citesOnlyWhatIsHere(Pdu pdu, RoomWork room, BatchBasis basis) {
        return Stream.concat(pdu.prevEvents().stream(), pdu.authEvents().stream())
                .allMatch(cited ->
                        room.made(cited).isPresent()
                                || ref(room, basis, cited)
                                        .filter(ref -> ref.whereabouts() != Whereabouts.PLACEHOLDER)
                                        .filter(ref -> ref.whereabouts() != Whereabouts.ELSEWHERE)
                                        .isPresent());
    }

    private static boolean isRejected(BuiltEvent event) {
        return event.placed().flags().isRejected();
    }

    static Optional<RefRow> ref(RoomWork room, BatchBasis basis, EventId eventId) {
        return Optional.ofNullable(
                basis.refs.get(new EventKey(room.memory().room().roomNid(), eventId)));
    }
}
