package dev.lares.client.login;

import static dev.lares.client.login.LoginTest.password;
import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest(
        properties = {
            "lares.ratelimit.enabled=true",
            "lares.ratelimit.limits.login-address.per-second=1000",
            "lares.ratelimit.limits.login-address.burst=1000",
            "lares.ratelimit.limits.login-account.per-second=1000",
            "lares.ratelimit.limits.login-account.burst=1000",
            "lares.ratelimit.limits.registration.per-second=1000",
            "lares.ratelimit.limits.registration.burst=1000",
            "lares.ratelimit.limits.login-failed.per-second=0.001",
            "lares.ratelimit.limits.login-failed.burst=2"
        })
class LoginLimitTest {
    @Test
    void stopsWhoGuessesThePasswordOfOneAccount(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        assertThat(password(server, alice.id(), "guess 1")).hasStatus(403);
        assertThat(password(server, alice.id(), "guess 2")).hasStatus(403);
        assertThat(password(server, alice.id(), "guess 3"))
                .hasStatus(429)
                .hasErrcode("M_LIMIT_EXCEEDED")
                .hasMember("/retry_after_ms");
        assertThat(password(server, alice.id(), alice.password())).hasStatus(429);
        assertThat(password(server, bob.id(), bob.password())).isOk();
    }
}
