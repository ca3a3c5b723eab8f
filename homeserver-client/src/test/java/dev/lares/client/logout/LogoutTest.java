package dev.lares.client.logout;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class LogoutTest {
    @ParameterizedTest
    @ValueSource(strings = {"v3", "r0"})
    void endsTheSession(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        assertThat(alice.post("/_matrix/client/" + version + "/logout")).isOk().hasJson("{}");
        assertLoggedOut(alice);
        assertThat(other.get("/_matrix/client/v3/account/whoami")).isOk();
        assertThat(alice.post("/_matrix/client/v3/logout", "{}"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "r0"})
    void endsAllSessions(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        var bob = server.register("bob");
        assertThat(alice.post("/_matrix/client/" + version + "/logout/all", "{}"))
                .isOk()
                .hasJson("{}");
        assertLoggedOut(alice);
        assertLoggedOut(other);
        assertThat(bob.get("/_matrix/client/v3/account/whoami")).isOk();
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.post("/_matrix/client/v3/logout", "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(server.post("/_matrix/client/v3/logout/all", "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void isHonouredByTheOtherReplica(TestHomeserver server) {
        try (var replica = server.replica(List.of())) {
            var alice = server.register("alice");
            var path = "/_matrix/client/v3/account/whoami?access_token={token}";
            assertThat(replica.get(path, alice.accessToken())).isOk();
            assertThat(replica.get(path, alice.accessToken())).isOk();
            assertThat(alice.post("/_matrix/client/v3/logout", "{}")).isOk();
            long deadline = System.nanoTime() + 2_000_000_000L;
            var response = replica.get(path, alice.accessToken());
            while (response.status() == 200 && System.nanoTime() < deadline) {
                response = replica.get(path, alice.accessToken());
            }
            assertThat(response).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
            replica.stop();
        }
    }

    private static void assertLoggedOut(TestUser user) {
        assertThat(user.get("/_matrix/client/v3/account/whoami"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN")
                .lacksMember("/soft_logout");
    }
}
