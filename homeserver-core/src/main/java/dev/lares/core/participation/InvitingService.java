package dev.lares.core.participation;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.membership.Membership;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

///
/// [Inviting](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidinvite).
@Service
public class InvitingService {
    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    private final RoomRefs rooms;
    private final RoomStateReader states;
    private final Members members;
    private final MemberProfiles profiles;
    private final Invitability invitability;
    private final RateLimitService limits;

    InvitingService(
            RoomRefs rooms,
            RoomStateReader states,
            Members members,
            MemberProfiles profiles,
            Invitability invitability,
            RateLimitService limits) {
        this.rooms = rooms;
        this.states = states;
        this.members = members;
        this.profiles = profiles;
        this.invitability = invitability;
        this.limits = limits;
    }

    /// Invites; nothing happens where the user is invited already. `M_FORBIDDEN` where the inviter
    /// is not in the room or has not the power, and where the invitee is in it or banned from it;
    /// `M_INVITE_BLOCKED` where the invitee takes no invitations.
    public void invite(
            Requester requester, RoomId roomId, UserId invitee, Optional<String> reason) {
        var room = rooms.get(roomId);
        members.requireJoined(room, requester.userId());
        var now = members.find(room, invitee);
        if (now.filter(membership -> membership == Membership.INVITE).isPresent()) {
            requirePower(room, requester.userId());
            return;
        }
        invite(requester, room, invitee, now, Members.content(reason));
    }

    EventId invite(
            Requester requester,
            RoomRef room,
            UserId invitee,
            Optional<Membership> now,
            ObjectNode content) {
        now.ifPresent(membership -> {
            switch (membership) {
                case JOIN -> throw Members.forbidden(invitee + " is in the room already");
                case BAN -> throw Members.forbidden(invitee + " is banned from the room");
                case INVITE, KNOCK, LEAVE -> {}
            }
        });
        limits.require(RateLimit.INVITE_SENDER, requester.userId().value());
        limits.require(RateLimit.INVITE_ROOM, room.roomId().value());
        limits.require(RateLimit.INVITE_USER, invitee.value());
        invitability.require(invitee);
        profiles.addTo(content, invitee);
        return members.send(room, requester.userId(), invitee, Membership.INVITE, content);
    }

    private void requirePower(RoomRef room, UserId inviter) {
        var state = states.find(room, List.of(POWER_LEVELS, CREATE));
        var create = state.get(CREATE);
        if (create == null) {
            throw new IllegalStateException("room_state: no m.room.create in " + room.roomId());
        }
        var levels =
                PowerLevels.of(
                        Optional.ofNullable(state.get(POWER_LEVELS)).map(StoredEvent::pdu),
                        create.pdu());
        if (levels.ofUser(inviter) < levels.invite()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "You have not the power to invite into this room");
        }
    }
}
