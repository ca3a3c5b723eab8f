package dev.lares.client.oldsync;

import dev.lares.client.oldsync.OldSyncController.InitialSyncResponse;
import dev.lares.client.oldsync.OldSyncController.RoomInfo;
import dev.lares.client.oldsync.OldSyncController.StoredData;
import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.room.RoomAccess;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.web.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Tells what there is, of one room or of all of a user.
@Service
class InitialSyncService {
    static final int MESSAGES_MAX = 100;
    static final long BYTES_MAX = 32L << 20;

    private static final int MESSAGES = 10;

    private final RoomAccesses accesses;
    private final RoomRefs rooms;
    private final UserRooms memberships;
    private final RoomSnapshots snapshots;
    private final AccountDataService accountData;
    private final AppliedPosition applied;
    private final PositionTokens tokens;

    InitialSyncService(
            RoomAccesses accesses,
            RoomRefs rooms,
            UserRooms memberships,
            RoomSnapshots snapshots,
            AccountDataService accountData,
            AppliedPosition applied,
            PositionTokens tokens) {
        this.accesses = accesses;
        this.rooms = rooms;
        this.memberships = memberships;
        this.snapshots = snapshots;
        this.accountData = accountData;
        this.applied = applied;
        this.tokens = tokens;
    }

    /// `M_FORBIDDEN` where the user may not read the room, `M_INVALID_PARAM` for a negative limit.
    RoomInfo room(Requester requester, RoomId roomId, Optional<Integer> limit) {
        int messages = messages(limit);
        var readable = accesses.require(roomId, requester.userNid());
        var at = applied.current();
        var membership = memberships.at(requester.userNid(), readable.room().roomNid(), at);
        return snapshots.of(
                requester,
                readable,
                new RoomSnapshots.Extent(at, messages),
                membership.map(RoomMembership::membership));
    }

    /// `M_RESOURCE_LIMIT_EXCEEDED` where it is too much, `M_INVALID_PARAM` for a negative limit.
    InitialSyncResponse all(Requester requester, Optional<Integer> limit, LeftRooms left) {
        var at = applied.current();
        var extent = new RoomSnapshots.Extent(at, messages(limit));
        var told = new ArrayList<RoomInfo>();
        long bytes = 0;
        for (var room : memberships.at(requester.userNid(), at)) {
            var info = room(requester, room, extent, left);
            if (info.isPresent()) {
                told.add(info.get());
                bytes += RoomSnapshots.sizeBytes(info.get());
                requireLess(bytes);
            }
        }
        return new InitialSyncResponse(
                tokens.sync(at, 0, requester.deviceId()),
                List.of(),
                told,
                globalAccountData(requester, at));
    }

    private Optional<RoomInfo> room(
            Requester requester, RoomMembership now, RoomSnapshots.Extent extent, LeftRooms left) {
        var room = rooms.get(now.roomId());
        return switch (now.membership()) {
            case JOIN ->
                    Optional.of(
                            snapshots.of(
                                    requester,
                                    new ReadableRoom(room, new RoomAccess.Member()),
                                    extent,
                                    Optional.of(now.membership())));
            case INVITE -> snapshots.invitation(room, now);
            case KNOCK -> Optional.empty();
            case LEAVE, BAN ->
                    switch (left) {
                        case OMITTED -> Optional.empty();
                        case INCLUDED ->
                                accesses.of(room, requester.userNid())
                                                instanceof RoomAccess.Departed departed
                                        ? Optional.of(
                                                snapshots.of(
                                                        requester,
                                                        new ReadableRoom(room, departed),
                                                        extent,
                                                        Optional.of(now.membership())))
                                        : Optional.empty();
                    };
        };
    }

    private List<StoredData> globalAccountData(Requester requester, Position at) {
        return accountData.changed(requester.userNid(), Position.ZERO, at).stream()
                .filter(row -> row.roomNid() == AccountDataService.GLOBAL)
                .map(RoomSnapshots::data)
                .toList();
    }

    private static void requireLess(long bytes) {
        if (bytes > BYTES_MAX) {
            throw new MatrixException(
                    ErrorCode.M_RESOURCE_LIMIT_EXCEEDED,
                    "Your rooms are too many for this deprecated endpoint: use /sync");
        }
    }

    private static int messages(Optional<Integer> limit) {
        if (limit.filter(asked -> asked < 0).isPresent()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'limit' is not negative");
        }
        return Math.min(limit.orElse(MESSAGES), MESSAGES_MAX);
    }

    /// Whether rooms are told that the user has left.
    enum LeftRooms {
        INCLUDED,
        OMITTED
    }
}
