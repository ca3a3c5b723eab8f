package dev.lares.core.push;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.id.UserId;
import java.util.Optional;

/// What rules look at beside the event: the room at the event, and the user whose rules they are.
///
/// @param displayName of the user in the room
/// @param memberCount how many users are joined
/// @param senderPowerLevel of the event's sender
public record PushContext(
        Optional<String> displayName,
        long memberCount,
        long senderPowerLevel,
        NotificationLevels notificationLevels) {

    public static PushContext of(
            Optional<String> displayName, long memberCount, UserId sender, PowerLevels levels) {
        return new PushContext(
                displayName, memberCount, levels.ofUser(sender), levels::notification);
    }

    /// The power that it takes to notify with a key, such as `room`.
    @FunctionalInterface
    public interface NotificationLevels {
        long required(String key);
    }
}
