package dev.lares.core.domain;

import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// The set of domains that are ours. Code asks it whether something is local, and never compares
/// with a name of "the" server.
@Component
@EnableConfigurationProperties(DomainProperties.class)
public class HostedDomains {
    private final ServerName defaultDomain;
    private final Map<String, ServerName> byLowerCase = new LinkedHashMap<>();
    private final Map<String, List<ServerName>> byHost;

    HostedDomains(DomainProperties properties) {
        defaultDomain = properties.domain();
        add(defaultDomain);
        properties.domains().forEach(this::add);
        byHost =
                byLowerCase.entrySet().stream()
                        .collect(
                                Collectors.groupingBy(
                                        entry -> withoutPort(entry.getKey()),
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toList())));
    }

    /// The domains of a test or a tool, the default one first.
    public static HostedDomains of(ServerName defaultDomain, ServerName... further) {
        return new HostedDomains(new DomainProperties(defaultDomain, List.of(further)));
    }

    private void add(ServerName name) {
        byLowerCase.put(name.value().toLowerCase(Locale.ROOT), name);
    }

    /// What belongs to no domain in particular belongs to this one.
    public ServerName defaultDomain() {
        return defaultDomain;
    }

    /// All of them, the default one first.
    public List<ServerName> all() {
        return List.copyOf(byLowerCase.values());
    }

    /// Whether we answer for IDs of that domain. IDs compare byte by byte, so this does as well.
    public boolean isLocal(ServerName domain) {
        return domain.equals(byLowerCase.get(domain.value().toLowerCase(Locale.ROOT)));
    }

    public boolean isLocal(UserId userId) {
        return isLocal(userId.serverName());
    }

    /// The domain that a request's `Host` (or `destination`) names: the one of exactly that name,
    /// else the only one of that host. Ports may differ, since a proxy listens on another one than
    /// the domain's name says. Where none or several fit, it is the default one.
    public ServerName ofHost(Optional<String> host) {
        return host.flatMap(this::find).orElse(defaultDomain);
    }

    private Optional<ServerName> find(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        var exact = byLowerCase.get(lower);
        if (exact != null) {
            return Optional.of(exact);
        }
        var ofThatHost = byHost.getOrDefault(withoutPort(lower), List.of());
        return ofThatHost.size() == 1 ? Optional.of(ofThatHost.getFirst()) : Optional.empty();
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') && colon > 0 ? host.substring(0, colon) : host;
    }
}
