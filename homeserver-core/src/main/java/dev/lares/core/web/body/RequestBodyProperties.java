package dev.lares.core.web.body;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Bounds of request bodies that are kept in memory; uploads of media have their own.
///
/// @param max largest body; larger ones are answered with `M_TOO_LARGE`
/// @param timeout how long a client may take to send a body
@Validated
@ConfigurationProperties("lares.request-body")
record RequestBodyProperties(
        @DefaultValue("4MB") DataSize max,
        @DefaultValue("30s") @DurationMin(seconds = 1) Duration timeout) {}
