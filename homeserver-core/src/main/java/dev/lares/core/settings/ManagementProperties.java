package dev.lares.core.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Where operators and Prometheus (`/actuator/prometheus`) ask. There is no authentication on that
/// port, so it is only open to the own machine unless set otherwise.
///
/// @param address the address to listen on
/// @param port the port; -1 for none
@Validated
@ConfigurationProperties("lares.management")
record ManagementProperties(
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("9008") @Min(-1) @Max(65_535) int port) {}
