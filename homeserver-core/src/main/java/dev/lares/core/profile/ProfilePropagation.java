package dev.lares.core.profile;

import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// [Events on change of profile
/// information](https://spec.matrix.org/v1.19/client-server-api/#events-on-change-of-profile-information):
/// a new `m.room.member` in each room that the user has joined.
@Component
class ProfilePropagation {
    /// Events under way at a time; the log gathers them into few batches.
    private static final int UNDER_WAY_MAX = 64;

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(ProfilePropagation.class);

    private final ProfileMembers members;
    private final UserRooms rooms;
    private final LogWriter logWriter;

    ProfilePropagation(ProfileMembers members, UserRooms rooms, LogWriter logWriter) {
        this.members = members;
        this.rooms = rooms;
        this.logWriter = logWriter;
    }

    /// Returns when all rooms know, or at the deadline. A room that refuses, such as one whose
    /// rules changed, does not hold up the others.
    void propagate(UserId userId, long userNid, Position at) {
        var joined =
                rooms.at(userNid, at).stream()
                        .filter(room -> room.membership() == Membership.JOIN)
                        .map(RoomMembership::roomId)
                        .toList();
        if (joined.isEmpty()) {
            return;
        }
        var slots = new Semaphore(UNDER_WAY_MAX);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var updates =
                    joined.stream()
                            .map(room ->
                                    Executors.callable(() -> update(userId, userNid, room, slots)))
                            .toList();
            executor.invokeAll(updates, DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void update(UserId userId, long userNid, RoomId roomId, Semaphore slots) {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            // Read now and not before: of two changes at once the later event must show both.
            var content = members.joinContent(userNid);
            var draft = EventDraft.state(userId, "m.room.member", userId.value(), content);
            logWriter.append(
                    new AppendItem(
                            Optional.of(new TargetRoom.Existing(roomId)),
                            List.of(draft),
                            List.of(),
                            Optional.empty()),
                    DEADLINE);
        } catch (MatrixException e) {
            log.warn("{} keeps an old profile of {}: {}", roomId, userId, e.getMessage());
        } finally {
            slots.release();
        }
    }
}
