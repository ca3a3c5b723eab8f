package dev.lares.core.profile;

import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.log.LogReader;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.Position;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// [Events on change of profile
/// information](https://spec.matrix.org/v1.19/client-server-api/#events-on-change-of-profile-information):
/// a new `m.room.member` in each room that the user has joined, behind the log, so that a crash
/// half-way leaves no room out.
@Component
class ProfilePropagation implements LogReader {
    /// Events under way at a time; the log gathers them into few batches.
    private static final int UNDER_WAY_MAX = 16;

    private static final int UNAVAILABLE = 503;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration GATHER = Duration.ofMillis(20);
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    /// Apart from what clients send.
    private static final String TRANSACTION_SCOPE = "server";

    private static final Logger log = LoggerFactory.getLogger(ProfilePropagation.class);

    private final ProfileRepository profiles;
    private final ProfileMembers members;
    private final UserRooms userRooms;
    private final RoomRefs rooms;
    private final RoomStateReader states;
    private final LogWriter logWriter;
    private final Semaphore pause = new Semaphore(0);

    ProfilePropagation(
            ProfileRepository profiles,
            ProfileMembers members,
            UserRooms userRooms,
            RoomRefs rooms,
            RoomStateReader states,
            LogWriter logWriter) {
        this.profiles = profiles;
        this.members = members;
        this.userRooms = userRooms;
        this.rooms = rooms;
        this.states = states;
        this.logWriter = logWriter;
    }

    /// A user whose name or avatar changed.
    ///
    /// @param position of the change, which names it
    record Change(UserId userId, long userNid, Position position) {}

    @Override
    public String name() {
        return "profile.rooms";
    }

    /// Under load a batch comes every few milliseconds, and each look is a query.
    @Override
    public Duration pause() {
        return GATHER;
    }

    /// Rooms that show a profile already are left alone, so that old changes cost no event.
    @Override
    public Start start() {
        return Start.OLDEST;
    }

    @Override
    public void read(AppliedBatch batch, Lease lease) throws Exception {
        if (batch.streams().contains(ProfileService.STREAM)) {
            for (var change :
                    profiles.findShownChanges(batch.users(), batch.first(), batch.last())) {
                propagate(change, lease);
            }
        }
    }

    /// Tries rooms again for which the log is not available now, as long as the work is ours.
    private void propagate(Change change, Lease lease)
            throws InterruptedException, ExecutionException {
        var left =
                userRooms.at(change.userNid(), NEWEST).stream()
                        .filter(room -> room.membership() == Membership.JOIN)
                        .toList();
        while (!left.isEmpty()) {
            left = update(change, left);
            if (!left.isEmpty()
                    && (!lease.isValid()
                            || pause.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS))) {
                throw new IllegalStateException(
                        left.size() + " rooms show an old profile of " + change.userId());
            }
        }
    }

    /// Returns the rooms that are to be tried again.
    private List<RoomMembership> update(Change change, List<RoomMembership> joined)
            throws InterruptedException, ExecutionException {
        var slots = new Semaphore(UNDER_WAY_MAX);
        var again = new ArrayList<RoomMembership>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var updates =
                    joined.stream()
                            .map(room -> (Callable<Boolean>) () -> update(change, room, slots))
                            .toList();
            var done = executor.invokeAll(updates);
            for (int i = 0; i < joined.size(); i++) {
                if (!done.get(i).get()) {
                    again.add(joined.get(i));
                }
            }
        }
        return again;
    }

    /// Returns false where it is to be tried again. A room that refuses, such as one whose rules
    /// changed, keeps what it shows.
    private boolean update(Change change, RoomMembership room, Semaphore slots)
            throws InterruptedException {
        slots.acquire();
        try {
            // Read now and not before: of two changes at once the later event must show both.
            var content = members.joinContent(change.userNid());
            if (!shows(change, room, content)) {
                logWriter.append(item(change, room, content), DEADLINE);
            }
            return true;
        } catch (MatrixException e) {
            if (e.status() == UNAVAILABLE) {
                return false;
            }
            log.warn(
                    "{} keeps an old profile of {}: {}",
                    room.roomId(),
                    change.userId(),
                    e.getMessage());
            return true;
        } finally {
            slots.release();
        }
    }

    private boolean shows(Change change, RoomMembership room, ObjectNode content) {
        return states.find(rooms.get(room.roomId()), "m.room.member", change.userId().value())
                .map(member -> member.pdu().content())
                .filter(shown ->
                        equal(shown, content, ProfileField.DISPLAYNAME)
                                && equal(shown, content, ProfileField.AVATAR_URL))
                .isPresent();
    }

    private static boolean equal(ObjectNode one, ObjectNode other, ProfileField field) {
        return Objects.equals(one.get(field.key()), other.get(field.key()));
    }

    /// The transaction makes it one event a change, also where a replica repeats what another one
    /// began.
    private static AppendItem item(Change change, RoomMembership room, ObjectNode content) {
        var draft =
                EventDraft.state(
                        change.userId(), "m.room.member", change.userId().value(), content);
        return new AppendItem(
                Optional.of(new TargetRoom.Existing(room.roomId())),
                List.of(draft),
                List.of(),
                Optional.of(
                        new TransactionKey(
                                change.userNid(),
                                TRANSACTION_SCOPE,
                                "profile " + room.roomId(),
                                String.valueOf(change.position().value()))));
    }
}
