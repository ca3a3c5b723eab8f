package dev.lares.core.append;

import dev.lares.core.event.EventFlags;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateKeys;
import dev.lares.core.state.StateRef;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Stores the bodies of events that are no news, one a transaction.
@Service
class HistoryService {
    private final HistoryRepository repository;
    private final StateKeys keys;

    HistoryService(HistoryRepository repository, StateKeys keys) {
        this.repository = repository;
        this.keys = keys;
    }

    /// @param eventNid which its ID has already
    /// @param before the state before it; empty for an outlier
    /// @param flags how it stands in the room
    record Body(
            long eventNid,
            Pdu pdu,
            long senderNid,
            List<Long> prevNids,
            List<Long> authNids,
            Optional<StateRef> before,
            EventFlags flags,
            Optional<String> refusal) {}

    /// Does nothing where the event has its place; an outlier gets it.
    @Transactional
    void store(RoomRef room, Body body) {
        repository.lockRoom(room);
        if (!repository.makeRoom(room, body.eventNid(), body.flags())) {
            return;
        }
        var keyNid =
                body.pdu()
                        .stateKey()
                        .map(stateKey -> new StateKey(body.pdu().type(), stateKey))
                        .map(key -> keys.intern(room.roomNid(), List.of(key)).get(key));
        repository.insert(room, body, keyNid);
        if (body.before().isPresent()) {
            repository.closeGap(room, body.eventNid());
            repository.openGaps(room, body.eventNid(), body.prevNids());
        }
    }
}
