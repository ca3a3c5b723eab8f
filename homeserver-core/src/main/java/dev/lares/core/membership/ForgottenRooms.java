package dev.lares.core.membership;

import dev.lares.core.log.Position;
import org.springframework.stereotype.Service;

/// Which rooms users have
/// [forgotten](https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms).
@Service
public class ForgottenRooms {
    private final ForgottenRoomRepository repository;

    ForgottenRooms(ForgottenRoomRepository repository) {
        this.repository = repository;
    }

    /// Whether the user has forgotten the room at any time after the position.
    public boolean isForgotten(long userNid, long roomNid, Position after) {
        return repository.find(userNid, roomNid).filter(pos -> pos.isAfter(after)).isPresent();
    }
}
