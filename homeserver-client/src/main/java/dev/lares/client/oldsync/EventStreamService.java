package dev.lares.client.oldsync;

import dev.lares.client.oldsync.OldSyncController.EventsResponse;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.room.RoomAccess;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.Viewer;
import dev.lares.core.web.Requester;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Tells what happens in rooms, from a position on.
@Service
class EventStreamService {
    static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);

    /// How long a token of a replica that is ahead may wait for this one.
    private static final Duration AHEAD_PATIENCE = Duration.ofSeconds(1);

    private final RoomAccesses accesses;
    private final UserRooms memberships;
    private final RoomRefs rooms;
    private final StreamPages pages;
    private final NewsBell bell;
    private final AppliedPosition applied;
    private final PositionTokens tokens;

    EventStreamService(
            RoomAccesses accesses,
            UserRooms memberships,
            RoomRefs rooms,
            StreamPages pages,
            NewsBell bell,
            AppliedPosition applied,
            PositionTokens tokens) {
        this.accesses = accesses;
        this.memberships = memberships;
        this.rooms = rooms;
        this.pages = pages;
        this.bell = bell;
        this.applied = applied;
        this.tokens = tokens;
    }

    /// `M_FORBIDDEN` for a room that the user may not read, `M_INVALID_PARAM` for a token that is
    /// none of ours.
    ///
    /// @param roomId the only room to tell of; all that the user is in where absent
    /// @param from with what happens from now on where absent
    EventsResponse read(
            Requester requester,
            Optional<RoomId> roomId,
            Optional<String> from,
            Optional<Duration> timeout) {
        var since = from.map(token -> reached(requester, token)).orElseGet(applied::current);
        long patienceNanos = min(timeout.orElse(Duration.ZERO), TIMEOUT_MAX).toNanos();
        long deadlineNanos = System.nanoTime() + patienceNanos;
        try {
            while (true) {
                var readable = readable(requester, roomId);
                var nids =
                        readable.stream()
                                .map(room -> room.room().roomNid())
                                .collect(Collectors.toSet());
                long leftNanos = deadlineNanos - System.nanoTime();
                try (var waiter = bell.listen(requester.userNid(), nids)) {
                    var to = applied.current();
                    var page = pages.read(Viewer.of(requester), readable, since, to);
                    if (!page.events().isEmpty()
                            || leftNanos <= 0
                            || !waiter.await(Duration.ofNanos(leftNanos))) {
                        return response(requester, since, page);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private EventsResponse response(Requester requester, Position since, StreamPages.Page page) {
        return new EventsResponse(
                tokens.sync(since, 0, requester.deviceId()),
                tokens.sync(page.upTo(), 0, requester.deviceId()),
                page.events());
    }

    private List<ReadableRoom> readable(Requester requester, Optional<RoomId> roomId) {
        if (roomId.isPresent()) {
            return List.of(accesses.require(roomId.get(), requester.userNid()));
        }
        var joined =
                memberships.at(requester.userNid(), applied.current()).stream()
                        .filter(room -> room.membership() == Membership.JOIN)
                        .map(room -> room.roomNid())
                        .toList();
        return rooms.findAll(joined).stream()
                .map(room -> new ReadableRoom(room, new RoomAccess.Member()))
                .toList();
    }

    private Position reached(Requester requester, String token) {
        var position = tokens.readSync(token, requester.deviceId()).position();
        try {
            if (applied.await(position, AHEAD_PATIENCE)) {
                return position;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw busy();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static MatrixException busy() {
        return MatrixException.unavailable("The server is too busy to answer now");
    }
}
