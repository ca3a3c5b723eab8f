package dev.lares.core.participation;

import dev.lares.core.account.AccountChanges;
import dev.lares.core.account.AccountService;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.log.LogReader;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.user.UserRefs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Makes users whose account was deactivated leave their rooms, behind the log, so that a crash
/// half-way leaves them in none. Invitations and knocks end as well.
@Component
class DeactivatedLeaving implements LogReader {
    private static final int UNAVAILABLE = 503;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Position NEWEST = new Position(Long.MAX_VALUE);
    private static final Logger log = LoggerFactory.getLogger(DeactivatedLeaving.class);

    private final AccountService accounts;
    private final UserRefs users;
    private final UserRooms userRooms;
    private final RoomRefs rooms;
    private final Members members;
    private final Semaphore pause = new Semaphore(0);

    DeactivatedLeaving(
            AccountService accounts,
            UserRefs users,
            UserRooms userRooms,
            RoomRefs rooms,
            Members members) {
        this.accounts = accounts;
        this.users = users;
        this.userRooms = userRooms;
        this.rooms = rooms;
        this.members = members;
    }

    @Override
    public String name() {
        return "account.leaving";
    }

    /// Who has left already is left alone.
    @Override
    public Start start() {
        return Start.OLDEST;
    }

    @Override
    public void read(AppliedBatch batch, Lease lease) throws Exception {
        if (batch.streams().contains(AccountChanges.STREAM)) {
            for (long userNid : accounts.findDeactivated(batch.users())) {
                var userId = users.get(userNid);
                for (var room : userRooms.at(userNid, NEWEST)) {
                    leave(userId, room, lease);
                }
            }
        }
    }

    /// Tries again while the log is not available, as long as the work is ours.
    private void leave(UserId userId, RoomMembership room, Lease lease)
            throws InterruptedException {
        while (!room.membership().isGone() && !left(userId, room.roomId())) {
            if (!lease.isValid() || pause.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(userId + " is still in " + room.roomId());
            }
        }
    }

    /// Returns false where it is to be tried again.
    private boolean left(UserId userId, RoomId roomId) {
        try {
            var room = rooms.get(roomId);
            if (members.find(room, userId).filter(now -> !now.isGone()).isPresent()) {
                members.send(
                        room, userId, userId, Membership.LEAVE, Members.content(Optional.empty()));
            }
            return true;
        } catch (MatrixException e) {
            if (e.status() == UNAVAILABLE) {
                return false;
            }
            log.warn("{} cannot leave {}: {}", userId, roomId, e.getMessage());
            return true;
        }
    }
}
