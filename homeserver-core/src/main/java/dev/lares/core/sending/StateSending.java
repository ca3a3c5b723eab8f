package dev.lares.core.sending;

import dev.lares.core.event.EventDraft;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Sends state events, membership included, as they are: who asks through an endpoint goes through
/// the service of that endpoint, which knows the rules of the type.
@Service
public class StateSending {
    private final LogWriter log;
    private final RoomStateReader states;

    StateSending(LogWriter log, RoomStateReader states) {
        this.log = log;
        this.states = states;
    }

    /// Gives the ID of the event that stands at that place afterwards. Where the same user has set
    /// the same content already, that is the event that stands there, and nothing is sent: clients
    /// repeat requests, and a state event has no transaction ID.
    ///
    /// @param content taken over
    public EventId send(
            RoomRef room, UserId sender, String type, String stateKey, ObjectNode content) {
        return send(room, sender, type, stateKey, content, List.of());
    }

    /// The same, with rows of other streams in the same append; they go with the event or not at
    /// all.
    public EventId send(
            RoomRef room,
            UserId sender,
            String type,
            String stateKey,
            ObjectNode content,
            List<StreamRow> rows) {
        var current = states.find(room, type, stateKey).map(state -> state.pdu());
        if (current.filter(pdu -> pdu.sender().equals(sender)).isPresent()
                && current.get().content().equals(content)) {
            return current.get().eventId();
        }
        return append(room, EventDraft.state(sender, type, stateKey, content), rows);
    }

    private EventId append(RoomRef room, EventDraft draft, List<StreamRow> rows) {
        var item =
                new AppendItem(
                        Optional.of(new TargetRoom.Existing(room.roomId())),
                        List.of(draft),
                        rows,
                        Optional.empty());
        return log.append(item, Deadlines.SEND).eventIds().getFirst();
    }
}
