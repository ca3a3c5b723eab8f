package dev.lares.client.search;

import dev.lares.core.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was found.
record SearchResponse(Categories searchCategories) {
    record Categories(Optional<RoomEvents> roomEvents) {}

    /// @param state of the rooms of the results, by room ID
    /// @param groups by key, and by its value
    record RoomEvents(
            int count,
            List<String> highlights,
            List<Result> results,
            Optional<Map<String, List<RawJson>>> state,
            Optional<Map<String, Map<String, Group>>> groups,
            Optional<String> nextBatch) {}

    record Result(float rank, RawJson result, Optional<Context> context) {}

    record Context(
            String start,
            String end,
            Optional<Map<String, Profile>> profileInfo,
            List<RawJson> eventsBefore,
            List<RawJson> eventsAfter) {}

    record Profile(Optional<String> displayname, Optional<String> avatarUrl) {}

    record Group(Optional<String> nextBatch, int order, List<String> results) {}
}
