package dev.lares.core.web.container;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Where and how the server listens. TLS ends at a reverse proxy, or is set with Spring Boot's
/// `server.ssl`.
///
/// @param address the address to listen on; all addresses by default
/// @param port the port for clients and other servers; 0 takes a free one
/// @param headersMax largest request line with headers together; filters travel in the query
/// @param requestsMax how many requests may run at a time; parked ones do not count
/// @param idleTimeout how long a connection may be silent, in the middle of a request too
/// @param bodyRateMin how much of a body has to come each second, on average over
///   `lares.http.body-rate-window`; slower ones are answered 408
/// @param bodyRateWindow how long a body may be slower than `lares.http.body-rate-min`
@Validated
@ConfigurationProperties("lares.http")
record HttpProperties(
        @DefaultValue("0.0.0.0") String address,
        @DefaultValue("8008") @Min(0) @Max(65_535) int port,
        @DefaultValue("32KB") DataSize headersMax,
        @DefaultValue("10000") @Min(10) int requestsMax,
        @DefaultValue("30s") @DurationMin(seconds = 1) Duration idleTimeout,
        @DefaultValue("1KB") DataSize bodyRateMin,
        @DefaultValue("10s") @DurationMin(seconds = 1) Duration bodyRateWindow) {}
