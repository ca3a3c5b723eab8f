package dev.lares.core.membership;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.AppliedCache;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// The rooms of local users and the local members of rooms, remembered between requests.
@Service
public class UserRooms implements AppliedBatch.Listener {
    /// Newest as the log's tables say; the applied position may be behind.
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private static final long USERS_BYTES_MAX = 64L << 20;
    private static final long ROOMS_BYTES_MAX = 32L << 20;
    private static final int ENTRY_BYTES = 220;

    /// So long what other replicas can change is answered from memory.
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);

    private final MembershipRepository repository;
    private final AppliedPosition applied;
    private final AppliedCache<Rooms> byUser =
            new AppliedCache<>(
                    USERS_BYTES_MAX, (user, rooms) -> 64 + rooms.list().size() * ENTRY_BYTES);
    private final AppliedCache<long[]> localByRoom =
            new AppliedCache<>(ROOMS_BYTES_MAX, (room, users) -> 64 + users.length * Long.BYTES);

    UserRooms(MembershipRepository repository, AppliedPosition applied) {
        this.repository = repository;
        this.applied = applied;
    }

    /// All rooms that the user had anything to do with at the position, forgotten ones left out, in
    /// the order of their internal numbers.
    public List<RoomMembership> at(long userNid, Position to) {
        var newest = newest(userNid);
        // The tables may be ahead of what this replica has applied.
        return newest.last().isAfter(to) ? repository.findRooms(userNid, to) : newest.list();
    }

    /// As [#at(long, Position)], those of the given rooms only: the cost is that of the smaller
    /// side.
    public List<RoomMembership> at(long userNid, Position to, Set<Long> roomNids) {
        var newest = newest(userNid);
        if (newest.last().isAfter(to) || newest.list().size() <= roomNids.size()) {
            return at(userNid, to).stream()
                    .filter(room -> roomNids.contains(room.roomNid()))
                    .toList();
        }
        return roomNids.stream()
                .sorted()
                .map(newest.byRoom()::get)
                .filter(room -> room != null)
                .toList();
    }

    /// What the user is in the room now; absent for rooms that they never had to do with or have
    /// forgotten.
    public Optional<RoomMembership> now(long userNid, long roomNid) {
        // Who is kept out by another replica is kept out here, also while this one is cut off.
        var rooms =
                applied.isConfirmedWithin(TRUSTED_FOR)
                        ? newest(userNid)
                        : Rooms.of(repository.findRooms(userNid, NEWEST));
        return Optional.ofNullable(rooms.byRoom().get(roomNid));
    }

    /// Fails with `M_FORBIDDEN` where the user never had to do with the room, or has forgotten it.
    public void requireKnown(long userNid, long roomNid) {
        if (now(userNid, roomNid).isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this room");
        }
    }

    /// Fails with `M_FORBIDDEN` unless the user is in the room now.
    public void requireJoined(long userNid, long roomNid) {
        if (now(userNid, roomNid).filter(room -> room.membership() == Membership.JOIN).isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this room");
        }
    }

    /// What the user was in the room at the position.
    public Optional<RoomMembership> at(long userNid, long roomNid, Position at) {
        return repository.findInRoom(roomNid, List.of(userNid), at).stream().findFirst();
    }

    /// What users were in the room at the position; those who never had to do with it are left out.
    public List<RoomMembership> at(Collection<Long> userNids, long roomNid, Position at) {
        return repository.findInRoom(roomNid, userNids, at);
    }

    /// Each change of the user's membership in the room, oldest first.
    public List<RoomMembership> history(long userNid, long roomNid) {
        return repository.findHistory(userNid, roomNid);
    }

    /// The last time that the user was in the room and left it again, as far as a position tells.
    public Optional<Stay> lastStay(long userNid, long roomNid, Position upTo) {
        var changes =
                history(userNid, roomNid).stream()
                        .filter(change -> !change.changed().isAfter(upTo))
                        .toList();
        for (int last = changes.size() - 2; last >= 0; last--) {
            if (changes.get(last).membership() == Membership.JOIN) {
                int first = last;
                while (first > 0 && changes.get(first - 1).membership() == Membership.JOIN) {
                    first--;
                }
                return Optional.of(
                        new Stay(changes.get(first).since(), changes.get(last + 1).since()));
            }
        }
        return Optional.empty();
    }

    /// Internal numbers of the local users who are in the room now.
    public long[] localJoined(long roomNid) {
        return localByRoom.get(
                roomNid,
                nid ->
                        repository.findLocalJoined(nid).stream()
                                .mapToLong(Long::longValue)
                                .toArray());
    }

    private Rooms newest(long userNid) {
        return byUser.get(userNid, nid -> Rooms.of(repository.findRooms(nid, NEWEST)));
    }

    @Override
    public void applied(AppliedBatch batch) {
        if (batch.streams().contains("membership")) {
            batch.rooms().forEach(localByRoom::invalidate);
            batch.users().forEach(byUser::invalidate);
        } else if (batch.streams().contains("forgotten_room")) {
            batch.users().forEach(byUser::invalidate);
        }
    }

    @Override
    public void movedOn() {
        byUser.invalidateAll();
        localByRoom.invalidateAll();
    }

    private record Rooms(
            List<RoomMembership> list, Map<Long, RoomMembership> byRoom, Position last) {
        static Rooms of(List<RoomMembership> list) {
            var last =
                    list.stream()
                            .map(RoomMembership::changed)
                            .max(Position::compareTo)
                            .orElse(Position.ZERO);
            var byRoom =
                    list.stream()
                            .collect(
                                    Collectors.toUnmodifiableMap(
                                            RoomMembership::roomNid, Function.identity()));
            return new Rooms(List.copyOf(list), byRoom, last);
        }
    }
}
