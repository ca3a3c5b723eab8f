package dev.lares.core.participation;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.StreamRow;
import dev.lares.core.membership.Membership;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// [Joining rooms](https://spec.matrix.org/v1.19/client-server-api/#joining-rooms) and
/// [knocking](https://spec.matrix.org/v1.19/client-server-api/#knocking-on-rooms).
@Service
public class JoiningService {
    private final RoomRefs rooms;
    private final Members members;
    private final MemberProfiles profiles;
    private final GuestAccess guests;
    private final RestrictedJoins restrictedJoins;
    private final PredecessorSettings predecessors;
    private final RateLimitService limits;

    JoiningService(
            RoomRefs rooms,
            Members members,
            MemberProfiles profiles,
            GuestAccess guests,
            RestrictedJoins restrictedJoins,
            PredecessorSettings predecessors,
            RateLimitService limits) {
        this.rooms = rooms;
        this.members = members;
        this.profiles = profiles;
        this.guests = guests;
        this.restrictedJoins = restrictedJoins;
        this.predecessors = predecessors;
        this.limits = limits;
    }

    /// Joins; nothing happens where the user is in the room already. `M_NOT_FOUND` for a room that
    /// this server does not know, `M_FORBIDDEN` where the room does not let the user in,
    /// `M_GUEST_ACCESS_FORBIDDEN` for guests where it lets no guests in, `M_UNABLE_TO_GRANT_JOIN`
    /// where the user meets a restricted room's conditions and nobody here may invite.
    public void join(Requester requester, RoomId roomId, Optional<String> reason) {
        var room = known(roomId);
        var now = members.find(room, requester.userId());
        if (now.filter(membership -> membership == Membership.JOIN).isEmpty()) {
            join(requester, room, now, Members.content(reason));
        }
    }

    /// Joins with that content, or, where the user is in the room already, changes it.
    EventId join(Requester requester, RoomRef room, Optional<Membership> now, ObjectNode content) {
        // Who lets the user in is not for a client to say; a copied content may hold it.
        content.remove("join_authorised_via_users_server");
        if (now.filter(membership -> membership == Membership.JOIN).isEmpty()) {
            limits.require(RateLimit.JOIN_LOCAL, requester.userId().value());
            limits.require(RateLimit.JOIN_ROOM, room.roomId().value());
            requireGuestAccess(requester, room);
            if (now.filter(membership -> membership == Membership.INVITE).isEmpty()) {
                restrictedJoins
                        .authorisingUser(room, requester.userNid())
                        .ifPresent(user ->
                                content.put("join_authorised_via_users_server", user.value()));
            }
        }
        profiles.addTo(content, requester.userId());
        var rows =
                now.filter(membership -> membership == Membership.JOIN).isPresent()
                        ? List.<StreamRow>of()
                        : predecessors.rows(requester.userNid(), room);
        return members.join(room, requester.userId(), content, rows);
    }

    /// Asks to be let in; nothing happens where the user does so already. `M_NOT_FOUND` for a room
    /// that this server does not know, `M_FORBIDDEN` where nobody may knock, and for users who are
    /// in the room, invited or banned.
    public void knock(Requester requester, RoomId roomId, Optional<String> reason) {
        var room = known(roomId);
        var now = members.find(room, requester.userId());
        if (now.filter(membership -> membership == Membership.KNOCK).isEmpty()) {
            knock(requester, room, now, Members.content(reason));
        }
    }

    EventId knock(Requester requester, RoomRef room, Optional<Membership> now, ObjectNode content) {
        now.ifPresent(membership -> {
            switch (membership) {
                case JOIN -> throw Members.forbidden("You are in this room already");
                case INVITE -> throw Members.forbidden("You are invited to this room");
                case BAN -> throw Members.forbidden("You are banned from this room");
                case KNOCK, LEAVE -> {}
            }
        });
        if (!room.version().rules().knocking()) {
            throw Members.forbidden("Nobody can knock on a room of this version");
        }
        profiles.addTo(content, requester.userId());
        return members.send(
                room, requester.userId(), requester.userId(), Membership.KNOCK, content);
    }

    private RoomRef known(RoomId roomId) {
        return rooms.find(roomId)
                .orElseThrow(() ->
                        new MatrixException(
                                ErrorCode.M_NOT_FOUND,
                                "This server does not know that room, and cannot ask other"
                                        + " servers for it"));
    }

    private void requireGuestAccess(Requester requester, RoomRef room) {
        if (requester.guest() && !guests.mayJoin(room)) {
            throw new MatrixException(
                    ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not join this room");
        }
    }
}
