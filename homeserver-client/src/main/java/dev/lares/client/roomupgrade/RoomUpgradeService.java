package dev.lares.client.roomupgrade;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import dev.lares.core.participation.LeavingService;
import dev.lares.core.participation.PredecessorSettings;
import dev.lares.core.publicrooms.PublishedRooms;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import dev.lares.core.room.RoomAccess;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.sending.Deadlines;
import dev.lares.core.web.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/// Carries out upgrades, in the order that the package says.
@Service
class RoomUpgradeService {
    /// Events of the new room in one append; more come in several, before the old room is closed.
    private static final int EVENTS_AN_APPEND = 500;

    private final RoomRefs rooms;
    private final RoomAccesses accesses;
    private final OldRooms oldRooms;
    private final NewRoomEvents newRoomEvents;
    private final PredecessorSettings settings;
    private final PublishedRooms published;
    private final LeavingService leaving;
    private final LogWriter log;
    private final RateLimitService limits;

    RoomUpgradeService(
            RoomRefs rooms,
            RoomAccesses accesses,
            OldRooms oldRooms,
            NewRoomEvents newRoomEvents,
            PredecessorSettings settings,
            PublishedRooms published,
            LeavingService leaving,
            LogWriter log,
            RateLimitService limits) {
        this.rooms = rooms;
        this.accesses = accesses;
        this.oldRooms = oldRooms;
        this.newRoomEvents = newRoomEvents;
        this.settings = settings;
        this.published = published;
        this.leaving = leaving;
        this.log = log;
        this.limits = limits;
    }

    /// Replaces a room and answers with the new one. `M_FORBIDDEN` where the user is not in the
    /// room or has not the power to send its tombstone.
    RoomId upgrade(Requester requester, RoomId roomId, RoomVersion version, List<UserId> creators) {
        var room = rooms.get(roomId);
        if (!(accesses.of(room, requester.userNid()) instanceof RoomAccess.Member)) {
            throw RoomRefs.notInRoom();
        }
        var old = oldRooms.read(room);
        if (old.levels().ofUser(requester.userId())
                < old.levels().requiredForState("m.room.tombstone")) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "You have not the power to replace this room");
        }
        limits.require(RateLimit.ROOM_CREATION, requester.userId().value());
        var replacement =
                create(
                        requester,
                        version,
                        newRoomEvents.of(old, requester.userId(), version, creators));
        close(requester, old, replacement);
        published.moved(room, replacement);
        return replacement.roomId();
    }

    private RoomRef create(Requester requester, RoomVersion version, List<EventDraft> drafts) {
        var first = drafts.subList(0, Math.min(drafts.size(), EVENTS_AN_APPEND));
        var made = new TargetRoom.New(version, requester.domain());
        var roomId = append(made, first, List.of()).orElseThrow();
        for (int from = first.size(); from < drafts.size(); from += EVENTS_AN_APPEND) {
            append(
                    new TargetRoom.Existing(roomId),
                    drafts.subList(from, Math.min(drafts.size(), from + EVENTS_AN_APPEND)),
                    List.of());
        }
        return rooms.get(roomId);
    }

    private void close(Requester requester, OldRoom old, RoomRef replacement) {
        var rows = new ArrayList<StreamRow>();
        rows.add(moved(requester, old.room(), replacement));
        rows.addAll(settings.rows(requester.userNid(), old.room(), replacement));
        var target = new TargetRoom.Existing(old.room().roomId());
        try {
            try {
                append(
                        target,
                        ClosingEvents.all(old, requester.userId(), replacement.roomId()),
                        rows);
            } catch (MatrixException refusal) {
                if (refusal.code() != ErrorCode.M_FORBIDDEN) {
                    throw refusal;
                }
                // The rules take the tombstone alone, as where they let nobody change the levels.
                append(
                        target,
                        List.of(ClosingEvents.tombstone(requester.userId(), replacement.roomId())),
                        rows);
            }
        } catch (MatrixException refusal) {
            // Beyond a deadline the old room may be closed yet.
            if (refusal.status() < 500) {
                leaving.leave(requester, replacement.roomId(), Optional.empty());
            }
            throw refusal;
        }
    }

    private static StreamRow moved(Requester requester, RoomRef old, RoomRef replacement) {
        var row =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("old_room_nid", old.roomNid())
                        .put("new_room_nid", replacement.roomNid())
                        .put("user_nid", requester.userNid());
        return new StreamRow("room_upgrade", 0, old.roomNid(), row);
    }

    private Optional<RoomId> append(
            TargetRoom room, List<EventDraft> drafts, List<StreamRow> rows) {
        var item = new AppendItem(Optional.of(room), drafts, rows, Optional.empty());
        return log.append(item, Deadlines.SEND).roomId();
    }
}
