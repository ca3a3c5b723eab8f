package dev.lares.core.append;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The writer of the event log.
///
/// @param queueMax how many requests may wait to be written; further ones are answered 503
/// @param stallAfter how long a commit may take before the server reports that it is not ready
@Validated
@ConfigurationProperties("lares.writer")
record WriterProperties(
        @DefaultValue("4096") @Min(16) @Max(1_000_000) int queueMax,
        @DefaultValue("5s") @DurationMin(millis = 100) Duration stallAfter) {}
