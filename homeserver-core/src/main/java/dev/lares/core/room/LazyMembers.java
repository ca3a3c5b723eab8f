package dev.lares.core.room;

import dev.lares.core.event.StateKey;
import dev.lares.core.state.StateSelection;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Who the senders of events were ([lazy-loading room
/// members](https://spec.matrix.org/v1.19/client-server-api/#lazy-loading-room-members)).
@Service
public class LazyMembers {
    private static final String MEMBER = "m.room.member";

    private final RoomStateReader states;

    LazyMembers(RoomStateReader states) {
        this.states = states;
    }

    /// The `m.room.member` of each sender as it was before the first of the events. A sender who
    /// had none comes with the event that made them one.
    public List<StoredEvent> find(RoomRef room, List<SeenEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        var senders =
                events.stream()
                        .map(seen -> new StateKey(MEMBER, seen.event().pdu().sender().value()))
                        .collect(Collectors.toSet());
        return states.findBefore(room, events.getFirst().event(), new StateSelection.Keys(senders));
    }
}
