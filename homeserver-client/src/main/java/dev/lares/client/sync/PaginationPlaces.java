package dev.lares.client.sync;

import dev.lares.core.position.PositionTokens;
import dev.lares.core.room.Place;
import org.springframework.stereotype.Component;

/// Names places in timelines for clients.
@Component
class PaginationPlaces {
    private final PositionTokens tokens;

    PaginationPlaces(PositionTokens tokens) {
        this.tokens = tokens;
    }

    String token(Place place) {
        return tokens.page(place.depth(), place.pos());
    }
}
