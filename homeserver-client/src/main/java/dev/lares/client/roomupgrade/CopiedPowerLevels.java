package dev.lares.client.roomupgrade;

import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersionRules;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The power levels of an old room as its successor's version writes them.
final class CopiedPowerLevels {
    private static final long ADMIN = 100;
    private static final long LEVEL_MAX = (1L << 53) - 1;
    private static final List<String> LEVELS =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "kick",
                    "redact",
                    "invite");
    private static final Set<String> MAPS = Set.of("users", "events", "notifications");

    private CopiedPowerLevels() {}

    /// @param creators who has infinite power in the new room where its version knows that
    static ObjectNode of(
            OldRoom old, UserId upgrader, Collection<String> creators, RoomVersionRules rules) {
        var content =
                old.content(OldRoom.POWER_LEVELS)
                        .map(CopiedPowerLevels::integers)
                        .orElseGet(JsonNodeFactory.instance::objectNode);
        var users =
                content.get("users") instanceof ObjectNode known
                        ? known
                        : content.putObject("users");
        if (rules.privilegedCreators()) {
            // v12: creators must not be named.
            users.remove(creators);
            return content;
        }
        // Who could do everything by being a creator can do everything that has a level.
        var highest = Math.max(ADMIN, highest(content));
        old.privilegedCreators().forEach(creator -> users.put(creator, highest));
        if (old.content(OldRoom.POWER_LEVELS).isEmpty()) {
            users.put(upgrader.value(), ADMIN);
        }
        return content;
    }

    /// Levels as integers: up to version 9 they may be texts and fractions, which later versions
    /// refuse.
    private static ObjectNode integers(ObjectNode old) {
        var content = JsonNodeFactory.instance.objectNode();
        for (var name : LEVELS) {
            level(old.get(name)).ifPresent(level -> content.put(name, level));
        }
        for (var name : MAPS) {
            if (old.get(name) instanceof ObjectNode levels) {
                var copied = content.putObject(name);
                for (var entry : levels.properties()) {
                    if (!name.equals("users") || isUserId(entry.getKey())) {
                        level(entry.getValue())
                                .ifPresent(level -> copied.put(entry.getKey(), level));
                    }
                }
            }
        }
        return content;
    }

    private static OptionalLong level(@Nullable JsonNode value) {
        return value == null ? OptionalLong.empty() : number(value);
    }

    private static OptionalLong number(JsonNode value) {
        if (value.isNumber()) {
            return OptionalLong.of(clamp(value.asDouble()));
        }
        if (!value.isString()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(clamp(Double.parseDouble(value.stringValue().strip())));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // no level, as the old room has treated it
        }
    }

    private static long clamp(double level) {
        return Math.clamp((long) level, -LEVEL_MAX, LEVEL_MAX);
    }

    private static boolean isUserId(String text) {
        return text.startsWith("@") && text.indexOf(':') > 0;
    }

    private static long highest(ObjectNode content) {
        var single = LEVELS.stream().map(content::path);
        var inMaps = MAPS.stream().map(content::path).flatMap(JsonNode::valueStream);
        return Stream.concat(single, inMaps)
                .filter(JsonNode::isIntegralNumber)
                .mapToLong(JsonNode::longValue)
                .max()
                .orElse(ADMIN);
    }
}
