package dev.lares.core.receiving;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.ReceivedItem;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.user.UserRefs;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/// Gives events that other servers made to the log, and keeps the number of a room's extremities
/// bounded: each one more makes every state that follows dearer to resolve.
@Service
public class ReceivingService {
    private static final Logger log = LoggerFactory.getLogger(ReceivingService.class);
    private static final int EXTREMITIES_MAX = 10;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /// Cites what it finds and says nothing; no timeline shows it.
    private static final String DUMMY = "org.matrix.dummy_event";

    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    /// Local members who are looked at for the power to send.
    private static final int MEMBERS_MAX = 1_000;

    private final LogWriter writer;
    private final RoomRefs rooms;
    private final RoomStateReader states;
    private final UserRooms memberships;
    private final UserRefs users;

    ReceivingService(
            LogWriter writer,
            RoomRefs rooms,
            RoomStateReader states,
            UserRooms memberships,
            UserRefs users) {
        this.writer = writer;
        this.rooms = rooms;
        this.states = states;
        this.memberships = memberships;
        this.users = users;
    }

    /// As [LogWriter#receive]. Where more than ten events are left that no other one cites, a local
    /// member who may sends an event that cites them.
    public ReceivedResult receive(ReceivedItem item, Duration deadline) {
        var result = writer.receive(item, deadline);
        if (result instanceof ReceivedResult.Landed landed
                && landed.extremities() > EXTREMITIES_MAX) {
            rooms.find(item.roomId()).ifPresent(this::coalesce);
        }
        return result;
    }

    private void coalesce(RoomRef room) {
        var sender = sender(room);
        if (sender.isEmpty()) {
            return; // nobody here may say anything, so nobody here builds on them either
        }
        var draft = EventDraft.message(sender.get(), DUMMY, JsonNodeFactory.instance.objectNode());
        try {
            writer.append(item(room.roomId(), draft), DEADLINE);
        } catch (MatrixException e) {
            // The next event that is received tries again.
            log.info("The extremities of {} stay as they are: {}", room.roomId(), e.getMessage());
        }
    }

    private static AppendItem item(RoomId roomId, EventDraft draft) {
        return new AppendItem(
                Optional.of(new TargetRoom.Existing(roomId)),
                List.of(draft),
                List.of(),
                Optional.empty());
    }

    private Optional<UserId> sender(RoomRef room) {
        var state = states.find(room, List.of(POWER_LEVELS, CREATE));
        var create = state.get(CREATE);
        if (create == null) {
            return Optional.empty();
        }
        var levels =
                PowerLevels.of(
                        Optional.ofNullable(state.get(POWER_LEVELS)).map(StoredEvent::pdu),
                        create.pdu());
        var joined =
                Arrays.stream(memberships.localJoined(room.roomNid()))
                        .limit(MEMBERS_MAX)
                        .boxed()
                        .toList();
        return users.getAll(joined).values().stream()
                .filter(user -> levels.ofUser(user) >= levels.requiredForMessage(DUMMY))
                .min(Comparator.comparing(UserId::value));
    }
}
