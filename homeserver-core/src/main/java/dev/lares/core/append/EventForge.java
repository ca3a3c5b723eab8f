package dev.lares.core.append;

import dev.lares.core.append.CurrentState.Slot;
import dev.lares.core.append.Resolution.Changed;
import dev.lares.core.auth.AuthDecision;
import dev.lares.core.auth.AuthEventSelection;
import dev.lares.core.auth.EventAuthorizer;
import dev.lares.core.crypto.Signer;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.domain.SigningKeys;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.EventEdge;
import dev.lares.core.event.EventFlags;
import dev.lares.core.event.EventPlace;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduBuilder;
import dev.lares.core.event.StateKey;
import dev.lares.core.event.UnsignedPdu;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.state.StateChange;
import dev.lares.core.state.StateHash;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Step 4 of an append, in memory: gives a draft its place in the room, authorises it, and works
/// out all the rows that follow. Its signatures come [later][BatchSigning]. What throws a
/// [MatrixException] leaves nothing behind.
@Component
class EventForge {
    /// [Size limits](https://spec.matrix.org/v1.19/rooms/v1/#event-format): what an event may cite.
    private static final int PREV_EVENTS_MAX = 20;

    private static final String AUTHORISER = "join_authorised_via_users_server";
    private static final long DEPTH_MAX = (1L << 53) - 1;

    /// The main line's first number, under which its events find the empty state before the first.
    private static final int FIRST_LINE = 1;

    private final SigningKeys signingKeys;
    private final HostedDomains domains;
    private final NumberPool numbers;
    private final EventRows rows;
    private final Clock clock;

    EventForge(
            SigningKeys signingKeys,
            HostedDomains domains,
            NumberPool numbers,
            EventRows rows,
            Clock clock) {
        this.signingKeys = signingKeys;
        this.domains = domains;
        this.numbers = numbers;
        this.rows = rows;
        this.clock = clock;
    }

    /// @param event without its signatures
    record Forged(BuiltEvent event, UnsignedPdu unsigned) {}

    /// Adds the event to the room.
    ///
    /// @param at ordinal of its timeline row in the batch
    Forged forge(EventDraft draft, Prepared item, RoomWork room, int at) {
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
        var unsigned = build(draft, room, cited, authEdges);
        var pdu = unsigned.pdu();
        // v8 rule 4.2.1 alone looks at signatures.
        var judged = namesAuthoriser(draft, room) ? unsigned.signed() : pdu;
        if (EventAuthorizer.check(judged, room.state())
                instanceof AuthDecision.Rejected(String rule, String reason)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Not allowed: " + reason + " (rule " + rule + ")");
        }
        return new Forged(add(pdu, item, room, at, cited, auth), unsigned);
    }

    private UnsignedPdu build(
            EventDraft draft,
            RoomWork room,
            List<RoomHead.Extremity> cited,
            List<EventEdge> authEdges) {
        boolean givesRoomId =
                room.version().rules().roomIdFromCreateEvent()
                        && draft.type().equals("m.room.create");
        long deepest = cited.stream().mapToLong(RoomHead.Extremity::depth).max().orElse(0);
        // Other servers may claim any depth, and ours must stay a number that JSON can hold.
        long depth = Math.min(deepest, DEPTH_MAX - 1) + 1;
        var place =
                new EventPlace(
                        givesRoomId ? Optional.empty() : Optional.of(room.memory().room().roomId()),
                        cited.stream().map(RoomHead.Extremity::edge).toList(),
                        authEdges,
                        depth,
                        clock.millis());
        return PduBuilder.prepare(
                draft,
                room.version(),
                place,
                signer(draft.sender().serverName()),
                authoriser(draft, room).map(this::signer).stream().toArray(Signer[]::new));
    }

    private Signer signer(ServerName domain) {
        return new Signer(domain, signingKeys.get(domain));
    }

    /// [Restricted rooms](https://spec.matrix.org/v1.19/rooms/v8/#authorisation-rules): the server
    /// of the member who let the sender in signs as well, where that is another domain of ours.
    private Optional<ServerName> authoriser(EventDraft draft, RoomWork room) {
        if (!namesAuthoriser(draft, room)) {
            return Optional.empty();
        }
        try {
            return draft.content()
                    .path(AUTHORISER)
                    .stringValueOpt()
                    .map(UserId::new)
                    .filter(domains::isLocal)
                    .map(UserId::serverName)
                    .filter(domain -> !domain.equals(draft.sender().serverName()));
        } catch (MatrixException e) {
            return Optional.empty(); // nobody's ID, which the authorization rules refuse
        }
    }

    private static boolean namesAuthoriser(EventDraft draft, RoomWork room) {
        return room.version().rules().restrictedJoins()
                && draft.type().equals("m.room.member")
                && draft.content().has(AUTHORISER);
    }

    private BuiltEvent add(
            Pdu pdu,
            Prepared item,
            RoomWork room,
            int at,
            List<RoomHead.Extremity> cited,
            List<Slot> auth) {
        var before = room.head();
        long eventNid = numbers.nextEvent();
        var keyNid = rows.keyNid(pdu, room);
        var changes =
                keyNid
                        .map(nid -> {
                            var key = new StateKey(pdu.type(), pdu.stateKey().orElseThrow());
                            return new Changed(
                                    key,
                                    new StateChange(nid, room.slot(key).eventNid(), eventNid),
                                    Optional.of(pdu),
                                    EventOutline.of(pdu).member().map(item::userNid));
                        })
                        .stream()
                        .toList();
        var citedNids = cited.stream().map(RoomHead.Extremity::eventNid).toList();
        var placed =
                new EventRows.Placed(
                        pdu,
                        eventNid,
                        keyNid,
                        citedNids,
                        auth.stream().map(Slot::eventNid).toList(),
                        before.main().map(main -> main.ref().line()).orElse(FIRST_LINE),
                        before.mainVer(),
                        EventFlags.ACCEPTED,
                        Optional.empty());
        return rows.accepted(
                placed, item, room, at, Set.copyOf(citedNids), Optional.empty(), changes);
    }

    /// All extremities. Where there are more than an event may cite, the deepest, but of each state
    /// after an extremity one as far as it goes: so the state before the event is the current one.
    private static List<RoomHead.Extremity> cited(RoomHead head) {
        if (head.extremities().size() <= PREV_EVENTS_MAX) {
            return head.extremities();
        }
        var deepest =
                head.extremities().stream()
                        .sorted(Comparator.comparingLong(RoomHead.Extremity::depth).reversed())
                        .toList();
        var states = new HashSet<StateHash>();
        var cited = new LinkedHashSet<RoomHead.Extremity>();
        deepest.stream().filter(extremity -> states.add(extremity.state())).forEach(cited::add);
        cited.addAll(deepest);
        return cited.stream().limit(PREV_EVENTS_MAX).toList();
    }
}
