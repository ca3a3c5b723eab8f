package dev.lares.core.room;

import dev.lares.core.id.EventId;
import dev.lares.core.log.TransactionKey;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// What was answered to requests with transaction IDs. The log decides which request is a
/// repetition; this is for those who refuse a request before it gets there.
@Service
public class TransactionIds {
    private final TransactionIdRepository repository;
    private final EventReader events;

    TransactionIds(TransactionIdRepository repository, EventReader events) {
        this.repository = repository;
        this.events = events;
    }

    /// The event that an earlier request with that key sent into the room.
    public Optional<EventId> findAnswer(RoomRef room, TransactionKey key) {
        return repository
                .findEventNid(key)
                .flatMap(nid -> events.find(room, List.of(nid)).values().stream().findFirst())
                .map(StoredEvent::eventId);
    }
}
