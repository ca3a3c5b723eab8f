package dev.lares.core.auth;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersionRules;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The levels that users have and that actions need in a room
/// ([`m.room.power_levels`](https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels)). A
/// view of the room's events: making one costs nothing, however many users have levels.
///
/// A value that is no level counts as absent; accepted events from version 10 on hold none.
public final class PowerLevels {
    /// The level of creators in room version 12, above every level that an event can name.
    public static final long INFINITE = Long.MAX_VALUE;

    private static final long FOUNDER_DEFAULT = 100;
    private static final long STATE_DEFAULT = 50;
    private static final long ACTION_DEFAULT = 50;

    private final @Nullable ObjectNode content;
    private final @Nullable Pdu create;
    private final LevelFormat format;

    private PowerLevels(
            @Nullable ObjectNode content, @Nullable Pdu create, RoomVersionRules rules) {
        this.content = content;
        this.create = create;
        this.format = LevelFormat.of(rules);
    }

    /// @param powerLevels the room's `m.room.power_levels`, if any
    /// @param create the room's `m.room.create`
    public static PowerLevels of(Optional<Pdu> powerLevels, Pdu create) {
        return new PowerLevels(
                powerLevels.map(Pdu::content).orElse(null), create, create.roomVersion().rules());
    }

    /// The level of an event's sender in a state that may lack the create event, in which case
    /// nobody counts as creator.
    public static long ofSender(Pdu event, RoomState state) {
        var levels =
                new PowerLevels(
                        state.find(StateTypes.POWER_LEVELS, "").map(Pdu::content).orElse(null),
                        state.find(StateTypes.CREATE, "").orElse(null),
                        event.roomVersion().rules());
        return levels.ofUser(event.sender());
    }

    /// A user's level, [INFINITE] for the creators of a version 12 room.
    public long ofUser(UserId userId) {
        return ofUser(userId.value());
    }

    long ofUser(String userId) {
        if (create != null && Creators.isPrivileged(create, userId)) {
            return INFINITE;
        }
        if (content == null) {
            return create != null && Creators.isFounder(create, userId) ? FOUNDER_DEFAULT : 0;
        }
        return entry("users", userId).orElseGet(() -> level("users_default").orElse(0));
    }

    /// The level that it takes to send a state event of that type. Memberships are not subject to
    /// it.
    public long requiredForState(String type) {
        return entry("events", type).orElseGet(() -> level("state_default").orElse(STATE_DEFAULT));
    }

    /// The level that it takes to send a message event of that type.
    public long requiredForMessage(String type) {
        return entry("events", type).orElseGet(() -> level("events_default").orElse(0));
    }

    long requiredFor(Pdu event) {
        return event.isState() ? requiredForState(event.type()) : requiredForMessage(event.type());
    }

    /// The level that it takes to send what is no state and has no level of its own.
    public long eventsDefault() {
        return level("events_default").orElse(0);
    }

    public long invite() {
        return level("invite").orElse(0);
    }

    public long kick() {
        return level("kick").orElse(ACTION_DEFAULT);
    }

    public long ban() {
        return level("ban").orElse(ACTION_DEFAULT);
    }

    /// The level that it takes to redact what others sent.
    public long redact() {
        return level("redact").orElse(ACTION_DEFAULT);
    }

    /// The level that it takes to notify with that key, such as `room` for `@room`.
    public long notification(String key) {
        return entry("notifications", key).orElse(ACTION_DEFAULT);
    }

    private OptionalLong level(String property) {
        return content == null ? OptionalLong.empty() : format.read(content.get(property));
    }

    private OptionalLong entry(String property, String key) {
        if (content == null) {
            return OptionalLong.empty();
        }
        JsonNode entries = content.get(property);
        return entries == null ? OptionalLong.empty() : format.read(entries.get(key));
    }
}
