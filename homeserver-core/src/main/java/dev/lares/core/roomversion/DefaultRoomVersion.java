package dev.lares.core.roomversion;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/// The version of new rooms where nobody says otherwise: what the operator has set, else the one
/// that the [specification](https://spec.matrix.org/v1.19/rooms/#complete-list-of-room-versions)
/// names.
@Component
@EnableConfigurationProperties(RoomVersionProperties.class)
public class DefaultRoomVersion {
    private final RoomVersion version;

    DefaultRoomVersion(RoomVersionProperties properties) {
        version = properties.defaultVersion();
    }

    public RoomVersion get() {
        return version;
    }

    /// Settings name a version as the specification does, `12` and not `V12`.
    @Configuration(proxyBeanMethods = false)
    static class Setup {
        @Bean
        @ConfigurationPropertiesBinding
        static Converter<String, RoomVersion> roomVersionConverter() {
            return new RoomVersionConverter();
        }
    }

    private static final class RoomVersionConverter implements Converter<String, RoomVersion> {
        @Override
        public RoomVersion convert(String id) {
            return RoomVersion.get(id);
        }
    }
}
