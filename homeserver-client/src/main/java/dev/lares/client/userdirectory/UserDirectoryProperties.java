package dev.lares.client.userdirectory;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param enabled whether anybody is found
/// @param searchAllUsers whether users are found by everybody on this server, and not only by those
///   who share a room with them or when they are in a room that is open to all
/// @param showLockedUsers whether users whose account is locked are found
@Validated
@ConfigurationProperties("lares.user-directory")
record UserDirectoryProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean searchAllUsers,
        @DefaultValue("false") boolean showLockedUsers) {}
