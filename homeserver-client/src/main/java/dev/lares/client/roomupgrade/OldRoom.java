package dev.lares.client.roomupgrade;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// A room that is to be replaced.
///
/// @param create its first event
/// @param levels what its members may do
/// @param contents of its state without members, redactions applied
/// @param bans contents of the memberships of who is banned, by user ID
/// @param lastEvent the newest event that members see
record OldRoom(
        RoomRef room,
        StoredEvent create,
        PowerLevels levels,
        Map<StateKey, ObjectNode> contents,
        Map<String, ObjectNode> bans,
        Optional<EventId> lastEvent) {
    static final StateKey CREATE = new StateKey("m.room.create", "");
    static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");
    static final StateKey CANONICAL_ALIAS = new StateKey("m.room.canonical_alias", "");

    OldRoom {
        contents = Map.copyOf(contents);
        bans = Map.copyOf(bans);
    }

    Optional<ObjectNode> content(StateKey key) {
        return Optional.ofNullable(contents.get(key));
    }

    /// Who has infinite power there.
    List<String> privilegedCreators() {
        if (!room.version().rules().privilegedCreators()) {
            return List.of();
        }
        var additional = create.pdu().content().path("additional_creators");
        return Stream.concat(
                        Stream.of(create.pdu().sender().value()),
                        additional.valueStream().flatMap(user -> user.stringValueOpt().stream()))
                .distinct()
                .toList();
    }
}
