package dev.lares.core.roomversion;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// The version of new rooms where nobody says otherwise: what the operator has set, else the one
/// that the [specification](https://spec.matrix.org/v1.19/rooms/#complete-list-of-room-versions)
/// names.
@Component
@EnableConfigurationProperties(RoomVersionProperties.class)
public class DefaultRoomVersion {
    private final RoomVersion version;

    DefaultRoomVersion(RoomVersionProperties properties) {
        version = properties.version();
    }

    public RoomVersion get() {
        return version;
    }
}
