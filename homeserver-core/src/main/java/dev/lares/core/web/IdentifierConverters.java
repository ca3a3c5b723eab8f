package dev.lares.core.web;

import dev.lares.core.id.DeviceId;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.RoomIdOrAlias;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import org.springframework.format.FormatterRegistry;

/// Turns path variables and query parameters into identifiers; a bad one is `M_INVALID_PARAM`.
final class IdentifierConverters {
    private IdentifierConverters() {}

    static void register(FormatterRegistry registry) {
        registry.addConverter(String.class, DeviceId.class, DeviceId::new);
        registry.addConverter(String.class, EventId.class, EventId::new);
        registry.addConverter(String.class, RoomAlias.class, RoomAlias::new);
        registry.addConverter(String.class, RoomId.class, RoomId::new);
        registry.addConverter(String.class, RoomIdOrAlias.class, RoomIdOrAlias::parse);
        registry.addConverter(String.class, ServerName.class, ServerName::new);
        registry.addConverter(String.class, UserId.class, UserId::new);
    }
}
