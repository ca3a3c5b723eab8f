package dev.lares.client.search;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What is searched for.
record SearchRequest(@NotNull @Valid Categories searchCategories) {
    record Categories(Optional<@Valid RoomEvents> roomEvents) {}

    record RoomEvents(
            @NotNull String searchTerm,
            Optional<List<String>> keys,
            Optional<ObjectNode> filter,
            Optional<String> orderBy,
            Optional<EventContext> eventContext,
            Optional<Boolean> includeState,
            Optional<@Valid Groupings> groupings) {}

    record EventContext(
            Optional<Integer> beforeLimit,
            Optional<Integer> afterLimit,
            Optional<Boolean> includeProfile) {}

    record Groupings(Optional<List<@Valid @NotNull Group>> groupBy) {}

    record Group(@NotNull String key) {}
}
