package dev.lares.client.roomupgrade;

import dev.lares.core.event.EventDraft;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The last events of a room that was replaced.
final class ClosingEvents {
    private static final long MODERATOR = 50;
    private static final String POWER_LEVELS = "m.room.power_levels";

    private ClosingEvents() {}

    static EventDraft tombstone(UserId upgrader, RoomId replacement) {
        var content =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("body", "This room has been replaced")
                        .put("replacement_room", replacement.value());
        return EventDraft.state(upgrader, "m.room.tombstone", "", content);
    }

    /// The tombstone and, as far as the upgrader has the power, what keeps members from going on in
    /// the old room: it gives its canonical alias away, and its members neither speak nor invite.
    static List<EventDraft> all(OldRoom old, UserId upgrader, RoomId replacement) {
        var drafts = new ArrayList<EventDraft>();
        drafts.add(tombstone(upgrader, replacement));
        var levels = old.levels();
        long own = levels.ofUser(upgrader);
        var alias = old.content(OldRoom.CANONICAL_ALIAS);
        if (alias.filter(content -> !content.isEmpty()).isPresent()
                && own >= levels.requiredForState("m.room.canonical_alias")) {
            drafts.add(
                    EventDraft.state(
                            upgrader,
                            "m.room.canonical_alias",
                            "",
                            JsonNodeFactory.instance.objectNode()));
        }
        if (own >= levels.requiredForState(POWER_LEVELS)) {
            old.content(OldRoom.POWER_LEVELS)
                    .flatMap(content -> quiet(old, content, own))
                    .ifPresent(content ->
                            drafts.add(EventDraft.state(upgrader, POWER_LEVELS, "", content)));
        }
        return drafts;
    }

    /// Raised to the greater of 50 and one above the default; nothing where the room is that quiet
    /// already, or the upgrader has not that level.
    private static Optional<ObjectNode> quiet(OldRoom old, ObjectNode content, long own) {
        long silent = Math.max(MODERATOR, usersDefault(content) + 1);
        if (silent > own) {
            return Optional.empty();
        }
        var quiet = content.deepCopy();
        boolean changed = false;
        if (old.levels().eventsDefault() < silent) {
            quiet.put("events_default", silent);
            changed = true;
        }
        if (old.levels().invite() < silent) {
            quiet.put("invite", silent);
            changed = true;
        }
        return changed ? Optional.of(quiet) : Optional.empty();
    }

    private static long usersDefault(ObjectNode content) {
        var level = content.path("users_default");
        return level.isIntegralNumber() && level.canConvertToInt() ? level.intValue() : 0;
    }
}
