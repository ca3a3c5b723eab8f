package dev.lares.core.append;

import dev.lares.core.auth.AuthEventSelection;
import dev.lares.core.crypto.Signer;
import dev.lares.core.crypto.SigningKey;
import dev.lares.core.domain.SigningKeys;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.EventEdge;
import dev.lares.core.event.EventPlace;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduBuilder;
import dev.lares.core.event.PduParser;
import dev.lares.core.event.ReceivedEvent;
import dev.lares.core.event.ReceivedEvent.ServerKey;
import dev.lares.core.event.StateKey;
import dev.lares.core.event.VerifiedPdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.ReceivedItem;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.testing.LogNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Events that servers elsewhere make and sign.
final class Foreign {
    private static final SigningKey KEY = SigningKey.of("1", new byte[32]);

    private Foreign() {}

    static UserId user(String localpart) {
        return new UserId("@" + localpart + ":remote.example");
    }

    /// An event on its prev events, allowed by the state that is given.
    static Pdu make(
            RoomRef room,
            EventDraft draft,
            Collection<Pdu> prevs,
            Map<StateKey, Pdu> state,
            long ts) {
        var auth =
                AuthEventSelection.of(draft, room.version().rules()).stream()
                        .flatMap(key -> Optional.ofNullable(state.get(key)).stream())
                        .toList();
        return make(room, draft, prevs, auth, ts);
    }

    static Pdu make(
            RoomRef room, EventDraft draft, Collection<Pdu> prevs, List<Pdu> auth, long ts) {
        long depth = prevs.stream().mapToLong(Pdu::depth).max().orElse(0) + 1;
        var place =
                new EventPlace(
                        Optional.of(room.roomId()),
                        prevs.stream().map(EventEdge::to).toList(),
                        auth.stream().map(EventEdge::to).toList(),
                        depth,
                        ts);
        return PduBuilder.build(
                draft, room.version(), place, new Signer(draft.sender().serverName(), KEY));
    }

    static VerifiedPdu verified(LogNode node, Pdu pdu) {
        var checked =
                ReceivedEvent.check(
                        pdu,
                        (server, keyId) ->
                                Optional.of(
                                        new ServerKey(
                                                keyId.equals(KEY.keyId())
                                                        ? KEY.verifyKey()
                                                        : node.bean(SigningKeys.class)
                                                                .get(server)
                                                                .verifyKey(),
                                                Long.MAX_VALUE,
                                                false)));
        return switch (checked) {
            case ReceivedEvent.Genuine(VerifiedPdu genuine) -> genuine;
            case ReceivedEvent.Redacted(VerifiedPdu redacted) -> redacted;
            case ReceivedEvent.Forged(String reason) -> throw new AssertionError(reason);
        };
    }

    static ReceivedResult receive(LogNode node, Pdu... pdus) {
        return receive(node, Arrays.asList(pdus));
    }

    static ReceivedResult receive(LogNode node, List<Pdu> pdus) {
        var item =
                new ReceivedItem(
                        pdus.getFirst().roomId(),
                        pdus.stream().map(pdu -> verified(node, pdu)).toList(),
                        List.of());
        return node.writer().receive(item, Rooms.DEADLINE);
    }

    /// What becomes of one event that has all it needs.
    static ReceivedOutcome outcome(LogNode node, Pdu pdu) {
        return switch (receive(node, pdu)) {
            case ReceivedResult.Landed landed -> landed.outcomes().get(pdu.eventId());
            case ReceivedResult.Missing missing -> throw new AssertionError(missing);
        };
    }

    static RoomRef room(LogNode node, RoomId roomId) {
        return node.bean(RoomRefs.class).get(roomId);
    }

    /// An event as it is stored.
    static Pdu stored(LogNode node, RoomRef room, EventId eventId) {
        long nid = nid(node, room, eventId);
        var json =
                node.jdbc()
                        .sql("SELECT json FROM event WHERE room_nid = :room AND event_nid = :event")
                        .param("room", room.roomNid())
                        .param("event", nid)
                        .query(byte[].class)
                        .single();
        return PduParser.stored(eventId, room.version(), json);
    }

    static long nid(LogNode node, RoomRef room, EventId eventId) {
        var nid = node.bean(LaneRepository.class).findNids(room, List.of(eventId)).get(eventId);
        if (nid == null) {
            throw new AssertionError(eventId + " is not stored");
        }
        return nid;
    }
}
