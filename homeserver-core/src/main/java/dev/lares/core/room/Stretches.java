package dev.lares.core.room;

import dev.lares.core.log.Position;
import dev.lares.core.position.PositionToken;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelinePager.Stretch;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// What of a room's timeline the tokens of a request enclose, for one who may read the room.
@Service
public class Stretches {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final TimelineReader timelines;

    Stretches(TimelineReader timelines) {
        this.timelines = timelines;
    }

    /// From one token to the other; where one is absent, from or to the end of what is the user's
    /// to read.
    public Stretch of(
            ReadableRoom readable,
            Direction direction,
            Optional<PositionToken> from,
            Optional<PositionToken> to) {
        var room = readable.room();
        var end = end(readable);
        return switch (direction) {
            case BACKWARD ->
                    new Stretch(
                            direction,
                            earlier(from.map(token -> place(room, token)).orElse(end), end),
                            to.map(token -> place(room, token)).orElse(Place.START));
            case FORWARD ->
                    new Stretch(
                            direction,
                            from.map(token -> place(room, token)).orElse(Place.START),
                            earlier(to.map(token -> place(room, token)).orElse(end), end));
        };
    }

    /// Nothing that came after somebody left is for them.
    private Place end(ReadableRoom readable) {
        return timelines.placeAt(readable.room(), readable.until().orElse(NEWEST));
    }

    private Place place(RoomRef room, PositionToken token) {
        return switch (token) {
            case PositionToken.Sync sync -> timelines.placeAt(room, sync.position());
            case PositionToken.Page page -> new Place(page.depth(), page.pos());
        };
    }

    private static Place earlier(Place a, Place b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
