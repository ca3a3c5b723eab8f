package dev.lares.core.account;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param lengthMin the fewest characters that a new password has
/// @param hashMemoryKib memory of one Argon2id hash, in KiB; the most expensive part for an
///   attacker
/// @param hashIterations passes of Argon2id over its memory
/// @param hashWait how long a request waits for its turn to hash before it is told to come again
/// @param bcryptPepper the secret that imported bcrypt hashes were made with; empty for none
@Validated
@ConfigurationProperties("lares.password")
record PasswordProperties(
        @DefaultValue("8") @Min(1) @Max(128) int lengthMin,
        @DefaultValue("19456") @Min(64) @Max(1_048_576) int hashMemoryKib,
        @DefaultValue("2") @Min(1) @Max(64) int hashIterations,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration hashWait,
        @DefaultValue("") String bcryptPepper) {

    /// Shows no pepper.
    @Override
    public String toString() {
        return "PasswordProperties[lengthMin="
                + lengthMin
                + ", hashMemoryKib="
                + hashMemoryKib
                + ", hashIterations="
                + hashIterations
                + ", hashWait="
                + hashWait
                + "]";
    }
}
