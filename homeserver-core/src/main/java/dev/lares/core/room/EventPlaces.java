package dev.lares.core.room;

import dev.lares.core.id.EventId;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Finds events by their ID, always inside one room: the ID of another room's event opens nothing.
@Service
public class EventPlaces {
    private final EventRefRepository repository;

    EventPlaces(EventRefRepository repository) {
        this.repository = repository;
    }

    /// Whether the asking user may see the event is not looked at here.
    public Optional<EventPlace> find(RoomRef room, EventId eventId) {
        return repository.findPlace(room, eventId);
    }
}
