package dev.lares.core.typing;

import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.Position;
import dev.lares.core.log.StreamRow;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRefs;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/// Who is typing.
@Service
public class TypingService {
    /// Longest time that one request keeps somebody typing.
    public static final Duration TIMEOUT_MAX = Duration.ofMinutes(2);

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final TypingRepository repository;
    private final RoomRefs rooms;
    private final UserRooms memberships;
    private final TypingTimeouts timeouts;
    private final LogWriter log;
    private final Clock clock;

    TypingService(
            TypingRepository repository,
            RoomRefs rooms,
            UserRooms memberships,
            TypingTimeouts timeouts,
            LogWriter log,
            Clock clock) {
        this.repository = repository;
        this.rooms = rooms;
        this.memberships = memberships;
        this.timeouts = timeouts;
        this.log = log;
        this.clock = clock;
    }

    /// `M_FORBIDDEN` for who is not in the room.
    ///
    /// @param timeout how long, at most [#TIMEOUT_MAX]
    public void start(long userNid, RoomId roomId, Duration timeout) {
        var room = rooms.get(roomId);
        memberships.requireJoined(userNid, room.roomNid());
        var until = clock.millis() + Math.min(timeout.toMillis(), TIMEOUT_MAX.toMillis());
        log.append(item(userNid, room.roomNid(), until), DEADLINE);
        timeouts.schedule(new TypingTimeouts.Typing(userNid, room.roomNid()), until);
    }

    /// `M_FORBIDDEN` for who is not in the room.
    public void stop(long userNid, RoomId roomId) {
        var room = rooms.get(roomId);
        memberships.requireJoined(userNid, room.roomNid());
        timeouts.cancel(new TypingTimeouts.Typing(userNid, room.roomNid()));
        log.append(stopped(userNid, room.roomNid(), clock.millis()), DEADLINE);
    }

    /// Of the rooms in which something changed, all who type now.
    ///
    /// @param from for each room, the position after which changes count
    public Map<Long, List<UserId>> changed(long[] roomNids, long[] from, Position to) {
        return repository.findChanged(roomNids, from, to, clock.millis());
    }

    /// Negative, and so over whatever the clocks of other replicas say, but with the time for
    /// pruning.
    static AppendItem stopped(long userNid, long roomNid, long nowMillis) {
        return item(userNid, roomNid, -nowMillis);
    }

    private static AppendItem item(long userNid, long roomNid, long untilMillis) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("room_nid", roomNid);
        row.put("user_nid", userNid);
        row.put("until_ts", untilMillis);
        var rows = List.of(new StreamRow("typing", 0, roomNid, row));
        return new AppendItem(Optional.empty(), List.of(), rows, Optional.empty());
    }
}
