package dev.lares.core.append;

import dev.lares.core.append.BatchBasis.ThreadRow;
import dev.lares.core.append.BuiltEvent.MemberChange;
import dev.lares.core.append.BuiltEvent.PushException;
import dev.lares.core.append.BuiltEvent.ThreadCount;
import dev.lares.core.append.CurrentState.Slot;
import dev.lares.core.auth.AuthDecision;
import dev.lares.core.auth.AuthEventSelection;
import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.auth.PowerLevels;
import dev.lares.core.crypto.Signer;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.domain.SigningKeys;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.EventEdge;
import dev.lares.core.event.EventPlace;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduBuilder;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.log.LogSecrets;
import dev.lares.core.push.PushClass;
import dev.lares.core.push.PushVerdict;
import dev.lares.core.state.LinePlanner;
import dev.lares.core.state.MainChange;
import dev.lares.core.state.StateChange;
import dev.lares.core.state.StateExtent;
import dev.lares.core.state.StateHasher;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Step 4 of an append, in memory: gives a draft its place in the room, signs and authorises it,
/// and works out all the rows that follow. What throws a [MatrixException] leaves nothing behind.
@Component
class EventForge {
    /// [Size limits](https://spec.matrix.org/v1.19/rooms/v1/#event-format): what an event may cite.
    private static final int PREV_EVENTS_MAX = 20;

    /// The main line's first number, under which its events find the empty state before the first.
    private static final int FIRST_LINE = 1;

    private final SigningKeys signingKeys;
    private final HostedDomains domains;
    private final NumberPool numbers;
    private final LogSecrets secrets;
    private final Clock clock;
    private @Nullable LinePlanner planner;

    EventForge(
            SigningKeys signingKeys,
            HostedDomains domains,
            NumberPool numbers,
            LogSecrets secrets,
            Clock clock) {
        this.signingKeys = signingKeys;
        this.domains = domains;
        this.numbers = numbers;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Adds the event to the room.
    ///
    /// @param at ordinal of its timeline row in the batch
    BuiltEvent forge(EventDraft draft, Prepared item, RoomWork room, int at) {
        var head = room.head();
        var cited = cited(head);
        var authKeys = AuthEventSelection.of(draft, room.version().rules());
        var auth = new ArrayList<Slot>();
        var authEdges = new ArrayList<EventEdge>();
        for (var key : authKeys) {
            room.state()
                    .find(key)
                    .ifPresent(event -> {
                        auth.add(room.slot(key));
                        authEdges.add(EventEdge.to(event));
                    });
        }
        var pdu = build(draft, room, cited, authEdges);
        if (EventAuthorizer.check(pdu, room.state())
                instanceof AuthDecision.Rejected(String rule, String reason)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Not allowed: " + reason + " (rule " + rule + ")");
        }
        return add(pdu, draft, item, room, at, cited, auth);
    }

    private Pdu build(
            EventDraft draft,
            RoomWork room,
            List<RoomHead.Extremity> cited,
            List<EventEdge> authEdges) {
        boolean givesRoomId =
                room.version().rules().roomIdFromCreateEvent()
                        && draft.type().equals("m.room.create");
        long depth = cited.stream().mapToLong(RoomHead.Extremity::depth).max().orElse(0) + 1;
        var place =
                new EventPlace(
                        givesRoomId ? Optional.empty() : Optional.of(room.memory().room().roomId()),
                        cited.stream().map(RoomHead.Extremity::edge).toList(),
                        authEdges,
                        depth,
                        clock.millis());
        return PduBuilder.build(
                draft,
                room.version(),
                place,
                signer(draft.sender().serverName()),
                authoriser(draft, room).map(this::signer).stream().toArray(Signer[]::new));
    }

    private Signer signer(ServerName domain) {
        return new Signer(domain, signingKeys.get(domain));
    }

    /// [Restricted rooms](https://spec.matrix.org/v1.19/rooms/v8/#authorization-rules): the server
    /// of the member who let the sender in signs as well, where that is another domain of ours.
    private Optional<ServerName> authoriser(EventDraft draft, RoomWork room) {
        if (!room.version().rules().restrictedJoins() || !draft.type().equals("m.room.member")) {
            return Optional.empty();
        }
        try {
            return draft.content()
                    .path("join_authorised_via_users_server")
                    .stringValueOpt()
                    .map(UserId::new)
                    .filter(domains::isLocal)
                    .map(UserId::serverName)
                    .filter(domain -> !domain.equals(draft.sender().serverName()));
        } catch (MatrixException e) {
            return Optional.empty(); // nobody's ID, which the authorization rules refuse
        }
    }

    private BuiltEvent add(
            Pdu pdu,
            EventDraft draft,
            Prepared item,
            RoomWork room,
            int at,
            List<RoomHead.Extremity> cited,
            List<Slot> auth) {
        var before = room.head();
        long eventNid = numbers.nextEvent();
        var state = room.memory().state();
        var keyNid = Optional.<Long>empty();
        var change = Optional.<MainChange>empty();
        if (pdu.stateKey().isPresent()) {
            var key = new StateKey(pdu.type(), pdu.stateKey().get());
            long nid = room.keyNid(key, numbers);
            keyNid = Optional.of(nid);
            change =
                    Optional.of(
                            change(
                                    before,
                                    new StateChange(nid, room.slot(key).eventNid(), eventNid)));
            state = state.with(key, new Slot(nid, eventNid));
        }
        var levels = levels(room, pdu);
        var push = PushClass.of(pdu, levels);
        var verdict = push.everyone();
        var extremities = new ArrayList<>(before.extremities());
        extremities.removeAll(new HashSet<>(cited));
        extremities.add(new RoomHead.Extremity(eventNid, EventEdge.to(pdu), pdu.depth()));
        var after =
                new RoomHead(
                        before.pos(),
                        Math.max(before.depth(), pdu.depth()),
                        change.map(MainChange::version).or(before::main),
                        before.notifSeq() + verdict.notifies(),
                        before.hlSeq() + verdict.highlights(),
                        extremities);
        var built =
                new BuiltEvent(
                        at,
                        room.memory().room().roomNid(),
                        eventNid,
                        pdu,
                        item.userNid(pdu.sender()),
                        keyNid,
                        cited.stream().map(RoomHead.Extremity::eventNid).toList(),
                        auth.stream().map(Slot::eventNid).toList(),
                        before.main().map(main -> main.ref().line()).orElse(FIRST_LINE),
                        before.mainVer(),
                        after,
                        change,
                        countThread(draft, room, verdict),
                        member(pdu, item),
                        verdict,
                        exceptions(push, pdu, item, root(draft, room)),
                        RedactedEvents.of(pdu, room.version(), levels));
        room.add(built, state);
        return built;
    }

    private MainChange change(RoomHead before, StateChange change) {
        var lines = planner();
        return before.main()
                .map(tip -> lines.next(tip, List.of(change)))
                .orElseGet(() -> lines.first(StateExtent.WHOLE, List.of(change)));
    }

    /// Made at first use, since its secret is in the database.
    private LinePlanner planner() {
        var known = planner;
        if (known == null) {
            known = new LinePlanner(new StateHasher(secrets.stateHashKey()));
            planner = known;
        }
        return known;
    }

    /// All extremities, or the deepest where there are more than an event may cite.
    private static List<RoomHead.Extremity> cited(RoomHead head) {
        if (head.extremities().size() <= PREV_EVENTS_MAX) {
            return head.extremities();
        }
        return head.extremities().stream()
                .sorted(Comparator.comparingLong(RoomHead.Extremity::depth).reversed())
                .limit(PREV_EVENTS_MAX)
                .toList();
    }

    private static PowerLevels levels(RoomWork room, Pdu pdu) {
        var state = room.state();
        var create = state.find("m.room.create", "").orElse(pdu);
        return PowerLevels.of(state.find("m.room.power_levels", ""), create);
    }

    /// Events that count are counted in their thread as well as in the room.
    private static Optional<ThreadCount> countThread(
            EventDraft draft, RoomWork room, PushVerdict verdict) {
        if (verdict == PushVerdict.NOTHING) {
            return Optional.empty();
        }
        return Preparation.threadRoot(draft)
                .flatMap(root ->
                        room.thread(root)
                                .map(known -> {
                                    var counts = known.plus(verdict);
                                    room.count(root, counts);
                                    return counts;
                                }))
                .map(counts ->
                        new ThreadCount(counts.rootNid(), counts.notifSeq(), counts.hlSeq()));
    }

    /// The number of the thread's root; 0 in the main timeline.
    private static long root(EventDraft draft, RoomWork room) {
        return Preparation.threadRoot(draft)
                .flatMap(room::thread)
                .map(ThreadRow::rootNid)
                .orElse(0L);
    }

    /// Local users for whom the event is something else than for everyone: who is mentioned, and
    /// the sender, whom nothing of their own highlights (that it does not notify them is seen from
    /// the timeline's row). That an invitation notifies the invited is nothing that is read in the
    /// room.
    private static List<PushException> exceptions(
            PushClass push, Pdu pdu, Prepared item, long rootNid) {
        int highlights = push.everyone().highlights();
        if ((push.others().isEmpty() && highlights == 0) || pdu.type().equals("m.room.member")) {
            return List.of();
        }
        var exceptions = new ArrayList<PushException>();
        if (highlights > 0) {
            exceptions.add(new PushException(item.userNid(pdu.sender()), rootNid, 0, -highlights));
        }
        push.others()
                .forEach((userId, verdict) -> {
                    var nid = item.users().get(userId);
                    if (nid != null) {
                        exceptions.add(
                                new PushException(
                                        nid,
                                        rootNid,
                                        verdict.notifies() - push.everyone().notifies(),
                                        verdict.highlights() - highlights));
                    }
                });
        return exceptions;
    }

    private static Optional<MemberChange> member(Pdu pdu, Prepared item) {
        if (!pdu.type().equals("m.room.member") || pdu.stateKey().isEmpty()) {
            return Optional.empty();
        }
        var target = new UserId(pdu.stateKey().get());
        return Optional.of(
                new MemberChange(
                        item.userNid(target), pdu.content().path("membership").stringValue()));
    }
}
