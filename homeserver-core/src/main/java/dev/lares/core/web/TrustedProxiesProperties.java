package dev.lares.core.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which peers may say for whom they ask.
///
/// @param trustedProxies addresses or networks (`10.0.0.0/8`, `::1`) of the reverse proxies whose
///   `X-Forwarded-For` is believed; none by default, so that nobody can pretend to be somewhere
///   else
@ConfigurationProperties("lares")
record TrustedProxiesProperties(@DefaultValue List<String> trustedProxies) {
    TrustedProxiesProperties {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
