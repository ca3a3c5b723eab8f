package dev.lares.client.createroom;

import dev.lares.client.createroom.CreateRoomRequest.Visibility;
import dev.lares.core.alias.AliasReservation;
import dev.lares.core.alias.AliasService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LogWriter;
import dev.lares.core.participation.Invitability;
import dev.lares.core.publicrooms.PublishedRooms;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.roomversion.DefaultRoomVersion;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.sending.Deadlines;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Makes a room of all its first events in one append: there is the whole room or none of it.
@Service
class RoomCreationService {
    private final LogWriter log;
    private final InitialEvents initialEvents;
    private final AliasService aliases;
    private final PublishedRooms published;
    private final RoomRefs rooms;
    private final Invitability invitability;
    private final DefaultRoomVersion defaultVersion;
    private final RateLimitService limits;

    RoomCreationService(
            LogWriter log,
            InitialEvents initialEvents,
            AliasService aliases,
            PublishedRooms published,
            RoomRefs rooms,
            Invitability invitability,
            DefaultRoomVersion defaultVersion,
            RateLimitService limits) {
        this.log = log;
        this.initialEvents = initialEvents;
        this.aliases = aliases;
        this.published = published;
        this.rooms = rooms;
        this.invitability = invitability;
        this.defaultVersion = defaultVersion;
        this.limits = limits;
    }

    /// `M_ROOM_IN_USE` where the alias is taken, `M_INVALID_ROOM_STATE` where the initial state
    /// breaks the room's own rules, `M_INVITE_BLOCKED` where an invitee takes no invitations.
    RoomId create(Requester requester, CreateRoomRequest request) {
        limits.require(RateLimit.ROOM_CREATION, requester.userId().value());
        requireNo3pid(request);
        request.invitees().forEach(invitability::require);
        var alias = request.roomAliasName().map(name -> alias(requester, name));
        var version = request.roomVersion().map(RoomVersion::get).orElseGet(defaultVersion::get);
        var drafts = initialEvents.of(requester, version, alias, request);
        var item =
                new AppendItem(
                        Optional.of(new TargetRoom.New(version, requester.domain())),
                        drafts,
                        List.of(),
                        Optional.empty());
        var reservation = alias.map(name -> aliases.reserve(requester, name));
        var roomId = append(item, reservation);
        reservation.ifPresent(name -> aliases.bind(name, roomId));
        if (request.visibility().filter(is -> is == Visibility.PUBLIC).isPresent()) {
            published.publish(requester.domain(), rooms.get(roomId));
        }
        return roomId;
    }

    private RoomId append(AppendItem item, Optional<AliasReservation> reservation) {
        try {
            return log.append(item, Deadlines.SEND).roomId().orElseThrow();
        } catch (MatrixException refusal) {
            // After a deadline the room may come into being yet: its alias stays reserved for a
            // while and is free afterwards.
            if (refusal.status() < 500) {
                reservation.ifPresent(aliases::release);
            }
            throw refusal.code() == ErrorCode.M_FORBIDDEN
                    ? new MatrixException(ErrorCode.M_INVALID_ROOM_STATE, refusal.getMessage())
                    : refusal;
        }
    }

    private static RoomAlias alias(Requester requester, String name) {
        if (name.isEmpty() || name.indexOf(':') >= 0) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "An alias' name is not empty and holds no colon");
        }
        return new RoomAlias("#" + name + ":" + requester.domain());
    }

    private static void requireNo3pid(CreateRoomRequest request) {
        if (!request.invite3pid().orElse(List.of()).isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "This server has no identity server, so it invites Matrix users only");
        }
    }
}
