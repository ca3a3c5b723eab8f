package dev.lares.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.id.ServerName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostedDomainsTest {
    private final HostedDomains domains =
            HostedDomains.of(
                    new ServerName("default.example"),
                    new ServerName("ported.example:8448"),
                    new ServerName("plain.example"),
                    new ServerName("twice.example:8448"),
                    new ServerName("twice.example:9448"),
                    new ServerName("both.example"),
                    new ServerName("both.example:8448"),
                    new ServerName("[2001:db8::1]:8448"),
                    new ServerName("192.0.2.1:8448"));

    @ParameterizedTest
    @CsvSource({
        "default.example,       default.example",
        "plain.example,         plain.example",
        "plain.example:8008,    plain.example",
        "PLAIN.example,         plain.example",
        // behind a proxy that listens on 443
        "ported.example,        ported.example:8448",
        "ported.example:443,    ported.example:8448",
        "Ported.Example:8448,   ported.example:8448",
        // exactly that name, whatever else is on the host
        "twice.example:9448,    twice.example:9448",
        "both.example,          both.example",
        "both.example:8448,     both.example:8448",
        "[2001:db8::1],         [2001:db8::1]:8448",
        "[2001:DB8::1]:443,     [2001:db8::1]:8448",
        "192.0.2.1,             192.0.2.1:8448",
        // it cannot be told which
        "twice.example,         default.example",
        "twice.example:443,     default.example",
        "both.example:443,      default.example",
        // none of ours
        "elsewhere.example,     default.example",
        "example,               default.example",
        "[2001:db8::2],         default.example",
        "127.0.0.1:8008,        default.example",
        "'',                    default.example",
        "':8448',               default.example",
        "'[',                   default.example",
    })
    void belongToHosts(String host, ServerName domain) {
        assertThat(domains.ofHost(Optional.of(host))).isEqualTo(domain);
    }

    @Test
    void areTheDefaultOneWithoutAHost() {
        assertThat(domains.ofHost(Optional.empty())).isEqualTo(new ServerName("default.example"));
    }

    @Test
    void areLocalByTheirWholeName() {
        assertThat(domains.isLocal(new ServerName("ported.example:8448"))).isTrue();
        assertThat(domains.isLocal(new ServerName("ported.example"))).isFalse();
        assertThat(domains.isLocal(new ServerName("plain.example:8448"))).isFalse();
        assertThat(domains.isLocal(new ServerName("Plain.example"))).isFalse();
    }
}
