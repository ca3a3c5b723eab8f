package dev.lares.client.createroom;

import dev.lares.client.createroom.CreateRoomRequest.Preset;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The content of the first
/// [`m.room.power_levels`](https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels) of a
/// room.
final class InitialPowerLevels {
    private static final long ADMIN = 100;
    private static final long MODERATOR = 50;
    private static final long TOMBSTONE = 150;

    private InitialPowerLevels() {}

    static ObjectNode of(UserId creator, RoomVersion version, CreateRoomRequest request) {
        boolean trusted = request.effectivePreset() == Preset.TRUSTED_PRIVATE_CHAT;
        var content = JsonNodeFactory.instance.objectNode();
        var users = content.putObject("users");
        // v12: creators have infinite power and must not be named.
        if (!version.rules().privilegedCreators()) {
            users.put(creator.value(), ADMIN);
            if (trusted) {
                request.invitees().forEach(invitee -> users.put(invitee.value(), ADMIN));
            }
        }
        content.put("users_default", 0);
        content.set("events", events(version, stateDefault(request)));
        content.put("events_default", 0);
        content.put("state_default", MODERATOR);
        content.put("ban", MODERATOR);
        content.put("kick", MODERATOR);
        content.put("redact", MODERATOR);
        content.put(
                "invite",
                switch (request.effectivePreset()) {
                    case PUBLIC_CHAT -> MODERATOR;
                    case PRIVATE_CHAT, TRUSTED_PRIVATE_CHAT -> 0L;
                });
        request.powerLevelContentOverride().ifPresent(content::setAll);
        return content;
    }

    private static ObjectNode events(RoomVersion version, long stateDefault) {
        var events = JsonNodeFactory.instance.objectNode();
        events.put("m.room.name", MODERATOR);
        events.put("m.room.avatar", MODERATOR);
        events.put("m.room.canonical_alias", MODERATOR);
        events.put("m.room.power_levels", ADMIN);
        events.put("m.room.history_visibility", ADMIN);
        events.put("m.room.encryption", ADMIN);
        events.put("m.room.server_acl", ADMIN);
        // v12: explicitly above `state_default`.
        events.put(
                "m.room.tombstone",
                version.rules().privilegedCreators()
                        ? Math.max(TOMBSTONE, stateDefault + 1)
                        : ADMIN);
        return events;
    }

    private static long stateDefault(CreateRoomRequest request) {
        return request.powerLevelContentOverride()
                .map(override -> override.get("state_default"))
                .filter(level -> level.isIntegralNumber() && level.canConvertToLong())
                .map(level -> level.longValue())
                .filter(level -> level < (1L << 53) - 1)
                .orElse(MODERATOR);
    }
}
