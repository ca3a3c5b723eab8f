package dev.lares.core.token;

import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param accessTokenLifetime how long an access token lives that its client can refresh
/// @param unrefreshableTokenLifetime how long an access token lives whose client cannot refresh it;
///   unset: until it is logged out
/// @param refreshTokenLifetime how long a refresh token that nobody uses lives; unset: for ever
/// @param loginTokenLifetime how long a token for `m.login.token` can be used
@Validated
@ConfigurationProperties("lares.token")
record TokenProperties(
        @DefaultValue("5m") @DurationMin(seconds = 1) Duration accessTokenLifetime,
        @Nullable @DurationMin(seconds = 1) Duration unrefreshableTokenLifetime,
        @Nullable @DurationMin(seconds = 1) Duration refreshTokenLifetime,
        @DefaultValue("2m") @DurationMin(seconds = 1) Duration loginTokenLifetime) {

    Optional<Duration> accessTokenLifetime(Refreshing refreshing) {
        return switch (refreshing) {
            case SUPPORTED -> Optional.of(accessTokenLifetime);
            case UNSUPPORTED -> Optional.ofNullable(unrefreshableTokenLifetime);
        };
    }
}
