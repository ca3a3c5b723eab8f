package dev.lares.core.room;

import dev.lares.core.id.RoomId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.ForgottenRooms;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.Stay;
import dev.lares.core.membership.UserRooms;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Who may read a room at all.
@Service
public class RoomAccesses {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final RoomRefs rooms;
    private final UserRooms memberships;
    private final ForgottenRooms forgotten;
    private final RoomStateReader states;

    RoomAccesses(
            RoomRefs rooms,
            UserRooms memberships,
            ForgottenRooms forgotten,
            RoomStateReader states) {
        this.rooms = rooms;
        this.memberships = memberships;
        this.forgotten = forgotten;
        this.states = states;
    }

    public RoomAccess of(RoomRef room, long userNid) {
        var now = memberships.at(userNid, room.roomNid(), NEWEST);
        if (now.filter(change -> change.membership() == Membership.JOIN).isPresent()) {
            return new RoomAccess.Member();
        }
        var departed = now.flatMap(change -> departed(room, change));
        if (departed.isPresent()) {
            return new RoomAccess.Departed(departed.get());
        }
        var visibility =
                HistoryVisibility.of(
                        states.find(room, HistoryVisibility.TYPE, "")
                                .map(state -> state.pdu().content()));
        return visibility == HistoryVisibility.WORLD_READABLE
                ? new RoomAccess.Passerby()
                : new RoomAccess.Stranger();
    }

    /// The room, for one who may read it. `M_FORBIDDEN` for others, also where there is no such
    /// room.
    public ReadableRoom require(RoomId roomId, long userNid) {
        var room = rooms.get(roomId);
        var access = of(room, userNid);
        if (access instanceof RoomAccess.Stranger) {
            throw RoomRefs.notInRoom();
        }
        return new ReadableRoom(room, access);
    }

    /// When the user's last time in the room ended; nothing where they never were in it, or have
    /// forgotten it.
    private Optional<Position> departed(RoomRef room, RoomMembership now) {
        return memberships
                .lastStay(now.userNid(), room.roomNid(), NEWEST)
                .map(Stay::left)
                .filter(at -> !forgotten.isForgotten(now.userNid(), room.roomNid(), at));
    }

    /// A room that somebody may read.
    public record ReadableRoom(RoomRef room, RoomAccess access) {
        /// The position at which the user's view of the state ends; none where it is the current
        /// one.
        public Optional<Position> until() {
            return access instanceof RoomAccess.Departed departed
                    ? Optional.of(departed.at())
                    : Optional.empty();
        }
    }
}
