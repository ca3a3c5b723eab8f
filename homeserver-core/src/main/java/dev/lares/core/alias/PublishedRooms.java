package dev.lares.core.alias;

import dev.lares.core.id.RoomId;
import java.time.Clock;
import org.springframework.stereotype.Service;

/// Which rooms the [published room
/// directory](https://spec.matrix.org/v1.19/client-server-api/#published-room-directory) shows.
@Service
public class PublishedRooms {
    private final PublishedRoomRepository repository;
    private final Clock clock;

    PublishedRooms(PublishedRoomRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    public void publish(RoomId roomId) {
        repository.insert(roomId, clock.millis());
    }

    public void withdraw(RoomId roomId) {
        repository.delete(roomId);
    }

    public boolean isPublished(RoomId roomId) {
        return repository.exists(roomId);
    }
}
