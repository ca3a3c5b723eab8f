package dev.lares.core.auth;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Optional;

/// The state against which an event is authorised: which event stands at a key.
///
/// Only the keys that [AuthEventSelection] names are asked for, and `m.room.create`, which in room
/// version 12 the room ID implies: the lookup must answer for it there as well.
@FunctionalInterface
public interface RoomState {
    Optional<Pdu> find(StateKey key);

    default Optional<Pdu> find(String type, String stateKey) {
        return find(new StateKey(type, stateKey));
    }

    /// The state that consists of these events; what is not a state event is left out, and of two
    /// at one key the later one counts.
    static RoomState of(Collection<Pdu> events) {
        var byKey = new HashMap<StateKey, Pdu>();
        for (var event : events) {
            event.stateKey().ifPresent(key -> byKey.put(new StateKey(event.type(), key), event));
        }
        return key -> Optional.ofNullable(byKey.get(key));
    }
}
