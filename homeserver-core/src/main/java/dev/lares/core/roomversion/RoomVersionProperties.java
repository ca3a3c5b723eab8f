package dev.lares.core.roomversion;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param defaultVersion version of new rooms for which the client names none
@Validated
@ConfigurationProperties("lares.rooms")
record RoomVersionProperties(@DefaultValue("12") RoomVersion defaultVersion) {}
