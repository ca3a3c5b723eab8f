package dev.lares.core.receipt;

import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.Position;
import dev.lares.core.log.StreamRow;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.EventPlace;
import dev.lares.core.room.EventPlaces;
import dev.lares.core.room.Relations;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/// Moves receipts forward and tells how far users have read.
@Service
public class ReceiptService {
    /// The thread of all events that are in no thread.
    public static final String MAIN_THREAD = "main";

    /// Stands for a thread in receipts that concern the whole room.
    public static final String UNTHREADED = "";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final ReceiptRepository repository;
    private final RoomRefs rooms;
    private final UserRooms memberships;
    private final EventPlaces events;
    private final Relations relations;
    private final AccountDataService accountData;
    private final LogWriter log;
    private final Clock clock;

    ReceiptService(
            ReceiptRepository repository,
            RoomRefs rooms,
            UserRooms memberships,
            EventPlaces events,
            Relations relations,
            AccountDataService accountData,
            LogWriter log,
            Clock clock) {
        this.repository = repository;
        this.rooms = rooms;
        this.memberships = memberships;
        this.events = events;
        this.relations = relations;
        this.accountData = accountData;
        this.log = log;
        this.clock = clock;
    }

    /// Marks all up to an event as read; a receipt that would go back is taken and changes nothing.
    ///
    /// @param threadId [#UNTHREADED], [#MAIN_THREAD] or a root's event ID
    /// @throws MatrixException `M_FORBIDDEN` for who is not in the room, `M_NOT_FOUND` for an event
    ///   that the room does not have, `M_INVALID_PARAM` for one that is not in the thread
    public void receive(
            long userNid, RoomId roomId, ReceiptType type, EventId eventId, String threadId) {
        var room = roomOf(userNid, roomId);
        var event = place(room, eventId);
        if (!threadId.equals(UNTHREADED) && !isInThread(room, event, threadId)) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The event is not in the thread of 'thread_id'");
        }
        append(List.of(row(userNid, type, event, threadId)));
    }

    /// Sets the markers that are given: all of them, or none where one of their events is not in
    /// the room. Fails like [#receive].
    public void mark(
            long userNid,
            RoomId roomId,
            Map<ReceiptType, EventId> unthreaded,
            Optional<EventId> fullyRead) {
        var room = roomOf(userNid, roomId);
        var rows = new ArrayList<StreamRow>();
        unthreaded.forEach(
                (type, eventId) -> rows.add(row(userNid, type, place(room, eventId), UNTHREADED)));
        var marker = fullyRead.map(eventId -> place(room, eventId));
        if (!rows.isEmpty()) {
            append(rows);
        }
        marker.ifPresent(event -> putFullyRead(userNid, event));
    }

    private StreamRow row(long userNid, ReceiptType type, EventPlace event, String threadId) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("room_nid", event.roomNid());
        row.put("user_nid", userNid);
        row.put("receipt_type", type.value());
        row.put("thread_id", threadId);
        row.put("event_nid", event.eventNid());
        row.put("event_pos", event.pos());
        row.put("ts", clock.millis());
        // A private receipt wakes the others in the room too, and tells them nothing.
        return new StreamRow("receipt", userNid, event.roomNid(), row);
    }

    private void append(List<StreamRow> rows) {
        log.append(new AppendItem(Optional.empty(), List.of(), rows, Optional.empty()), DEADLINE);
    }

    /// Moves the fully-read marker, which may go back ([fully read
    /// markers](https://spec.matrix.org/v1.19/client-server-api/#fully-read-markers)).
    public void markFullyRead(long userNid, RoomId roomId, EventId eventId) {
        putFullyRead(userNid, place(roomOf(userNid, roomId), eventId));
    }

    private void putFullyRead(long userNid, EventPlace event) {
        var content =
                JsonNodeFactory.instance.objectNode().put("event_id", event.eventId().value());
        accountData.put(userNid, event.roomNid(), "m.fully_read", content);
    }

    /// Receipts that changed in several rooms.
    ///
    /// @param from for each room, the position after which changes count
    public List<Receipt> changed(long forUserNid, long[] roomNids, long[] from, Position to) {
        return repository.findChanged(forUserNid, roomNids, from, to);
    }

    /// The user's own receipts in several rooms, of both types and of all threads.
    public List<Receipt> own(long userNid, long[] roomNids, Position to) {
        return repository.findOwn(userNid, roomNids, to);
    }

    /// A thread's root belongs to its thread and to the main timeline ([threaded read receipts](
    /// https://spec.matrix.org/v1.19/client-server-api/#threaded-read-receipts)).
    private boolean isInThread(RoomRef room, EventPlace event, String threadId) {
        return event.eventId().value().equals(threadId)
                || relations
                        .findThreadRoot(room, event)
                        .map(EventId::value)
                        .orElse(MAIN_THREAD)
                        .equals(threadId);
    }

    private RoomRef roomOf(long userNid, RoomId roomId) {
        RoomRef room = rooms.get(roomId);
        memberships.requireJoined(userNid, room.roomNid());
        return room;
    }

    private EventPlace place(RoomRef room, EventId eventId) {
        return events.find(room, eventId)
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "The room has no such event"));
    }
}
