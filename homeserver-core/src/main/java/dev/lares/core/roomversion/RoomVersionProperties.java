package dev.lares.core.roomversion;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param defaultVersion version of new rooms for which the client names none, as the specification
///   writes it
@Validated
@ConfigurationProperties("lares.rooms")
record RoomVersionProperties(@DefaultValue("12") String defaultVersion) {
    RoomVersionProperties {
        if (RoomVersion.find(defaultVersion).isEmpty()) {
            throw new IllegalArgumentException(
                    "lares.rooms.default-version: there is no room version " + defaultVersion);
        }
    }

    RoomVersion version() {
        return RoomVersion.get(defaultVersion);
    }
}
