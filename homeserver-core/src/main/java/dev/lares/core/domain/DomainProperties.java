package dev.lares.core.domain;

import dev.lares.core.id.ServerName;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param domain the name in the IDs of this server's users: a DNS name or an IP literal, perhaps
///   with a port; it cannot be changed once users exist. Requests whose `Host` is none of ours
///   belong to it
/// @param domains further names that this server hosts, each with users and keys of its own
@Validated
@ConfigurationProperties("lares")
record DomainProperties(
        @DefaultValue("localhost") ServerName domain, @DefaultValue List<ServerName> domains) {
    DomainProperties {
        domains = List.copyOf(domains);
    }
}
