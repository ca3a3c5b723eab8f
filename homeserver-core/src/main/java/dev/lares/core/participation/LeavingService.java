package dev.lares.core.participation;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.sending.Deadlines;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/// [Leaving rooms](https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms): of one's own
/// will or not.
@Service
public class LeavingService {
    private final RoomRefs rooms;
    private final Members members;
    private final LogWriter log;

    LeavingService(RoomRefs rooms, Members members, LogWriter log) {
        this.rooms = rooms;
        this.members = members;
        this.log = log;
    }

    /// Leaves, rejects an invitation or takes a knock back; nothing happens where the user has left
    /// already. `M_NOT_FOUND` for a room that this server does not know, `M_FORBIDDEN` for users
    /// who are banned or never had to do with it.
    public void leave(Requester requester, RoomId roomId, Optional<String> reason) {
        var room =
                rooms.find(roomId)
                        .orElseThrow(() ->
                                new MatrixException(
                                        ErrorCode.M_NOT_FOUND,
                                        "This server does not know that room"));
        var me = requester.userId();
        switch (members.find(room, me).orElseThrow(RoomRefs::notInRoom)) {
            case JOIN, INVITE, KNOCK ->
                    members.send(room, me, me, Membership.LEAVE, Members.content(reason));
            case BAN -> throw Members.forbidden("You are banned from this room");
            case LEAVE -> {}
        }
    }

    /// Forgets a room, so that nothing of it is shown any more until the user comes back.
    /// `M_UNKNOWN` (400) where the user has not left it, `M_FORBIDDEN` where they never had to do
    /// with it.
    public void forget(Requester requester, RoomId roomId) {
        var room = rooms.get(roomId);
        switch (members.find(room, requester.userId()).orElseThrow(RoomRefs::notInRoom)) {
            case JOIN, INVITE, KNOCK ->
                    throw new MatrixException(
                            ErrorCode.M_UNKNOWN,
                            400,
                            "User " + requester.userId() + " is in room " + roomId);
            case LEAVE, BAN -> appendForgotten(requester, room);
        }
    }

    private void appendForgotten(Requester requester, RoomRef room) {
        var row =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("user_nid", requester.userNid())
                        .put("room_nid", room.roomNid());
        var item =
                new AppendItem(
                        Optional.empty(),
                        List.of(),
                        List.of(new StreamRow("forgotten_room", requester.userNid(), 0, row)),
                        Optional.empty());
        log.append(item, Deadlines.SEND);
    }

    /// Makes a user leave, takes an invitation back or refuses a knock. `M_FORBIDDEN` where the
    /// requester is not in the room or has not the power, and where the user is none of these.
    public void kick(Requester requester, RoomId roomId, UserId user, Optional<String> reason) {
        var room = rooms.get(roomId);
        members.requireJoined(room, requester.userId());
        switch (members.find(room, user).orElse(Membership.LEAVE)) {
            case JOIN, INVITE, KNOCK ->
                    members.send(
                            room,
                            requester.userId(),
                            user,
                            Membership.LEAVE,
                            Members.content(reason));
            case BAN, LEAVE -> throw Members.forbidden(user + " is not in the room");
        }
    }

    /// Bans a user, who is out of the room from then on. `M_FORBIDDEN` where the requester is not
    /// in the room or has not the power.
    public void ban(Requester requester, RoomId roomId, UserId user, Optional<String> reason) {
        var room = rooms.get(roomId);
        members.requireJoined(room, requester.userId());
        members.send(room, requester.userId(), user, Membership.BAN, Members.content(reason));
    }

    /// Lifts a ban. `M_FORBIDDEN` where the requester is not in the room or has not the power, and
    /// where the user is not banned.
    public void unban(Requester requester, RoomId roomId, UserId user, Optional<String> reason) {
        var room = rooms.get(roomId);
        members.requireJoined(room, requester.userId());
        if (members.find(room, user).filter(now -> now == Membership.BAN).isEmpty()) {
            throw Members.forbidden(user + " is not banned from the room");
        }
        members.send(room, requester.userId(), user, Membership.LEAVE, Members.content(reason));
    }
}
