package dev.lares.core.ratelimit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param enabled off lets everybody do everything as often as they like: for test systems only
/// @param limits limits other than the standard ones, by name, such as
///   `lares.ratelimit.limits.message.per-second` and `lares.ratelimit.limits.message.burst`
@Validated
@ConfigurationProperties("lares.ratelimit")
record RateLimitProperties(
        @DefaultValue("true") boolean enabled, @DefaultValue Map<RateLimit, @Valid Bucket> limits) {
    RateLimitProperties {
        limits = Map.copyOf(limits);
    }

    Bucket bucket(RateLimit limit) {
        return limits.getOrDefault(limit, limit.standard());
    }

    /// @param perSecond how many come back each second
    /// @param burst how many there are at most
    record Bucket(@Positive double perSecond, @Min(1) int burst) {}
}
