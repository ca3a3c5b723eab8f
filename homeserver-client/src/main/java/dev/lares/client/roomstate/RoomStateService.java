package dev.lares.client.roomstate;

import dev.lares.core.alias.CanonicalAliases;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.participation.MemberStateService;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.sending.EventTypes;
import dev.lares.core.sending.StateSending;
import dev.lares.core.web.Requester;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Sets state, with the checks that some types need beside the authorization rules.
@Service
class RoomStateService {
    private final RoomRefs rooms;
    private final MemberStateService members;
    private final CanonicalAliases canonicalAliases;
    private final StateSending sending;
    private final RateLimitService limits;

    RoomStateService(
            RoomRefs rooms,
            MemberStateService members,
            CanonicalAliases canonicalAliases,
            StateSending sending,
            RateLimitService limits) {
        this.rooms = rooms;
        this.members = members;
        this.canonicalAliases = canonicalAliases;
        this.sending = sending;
        this.limits = limits;
    }

    /// `M_FORBIDDEN` where the room's rules refuse it, `M_BAD_ALIAS` and `M_INVALID_PARAM` for what
    /// a canonical alias may not list, `M_TOO_LARGE` above 65,536 bytes.
    ///
    /// @param content taken over
    EventId put(
            Requester requester, RoomId roomId, String type, String stateKey, ObjectNode content) {
        EventTypes.requireType(type);
        EventTypes.requireStateKey(stateKey);
        limits.require(RateLimit.MESSAGE, requester.userId().value());
        var room = rooms.get(roomId);
        if (type.equals("m.room.member")) {
            return members.put(requester, room, stateKey, content);
        }
        if (type.equals(CanonicalAliases.TYPE) && stateKey.isEmpty()) {
            canonicalAliases.require(room, content);
        }
        return sending.send(room, requester.userId(), type, stateKey, content);
    }
}
