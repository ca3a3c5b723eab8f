package dev.lares.client.login;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import org.junit.jupiter.api.Test;

@HomeserverTest
class RefreshTest {
    @Test
    void changesARefreshTokenForNewTokens(TestHomeserver server) {
        var login = login(server);
        assertThat(login).hasJson("/expires_in_ms", "300000");
        var refreshed = refresh(server, login.string("/refresh_token"));
        assertThat(refreshed).isOk().hasJson("/expires_in_ms", "300000");
        assertThat(refreshed.string("/access_token")).isNotEqualTo(login.string("/access_token"));
        assertThat(whoami(server, refreshed))
                .isOk()
                .hasJson("/device_id", "\"" + login.string("/device_id") + "\"");
    }

    @Test
    void isRepeatedUntilItsAnswerIsUsed(TestHomeserver server) {
        var login = login(server);
        var lost = refresh(server, login.string("/refresh_token"));
        var got = refresh(server, login.string("/refresh_token"));
        assertThat(whoami(server, lost)).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(whoami(server, got)).isOk();
        assertThat(refresh(server, login.string("/refresh_token")))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(whoami(server, got)).isOk();
    }

    @Test
    void isRefusedWithoutAGoodToken(TestHomeserver server) {
        assertThat(refresh(server, "guess")).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(server.post("/_matrix/client/v3/refresh", "{}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(server.post("/_matrix/client/v3/refresh", "{\"refresh_token\": []}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(server.post("/_matrix/client/v3/refresh", "x"))
                .hasStatus(400)
                .hasErrcode("M_NOT_JSON");
    }

    @Test
    void isRefusedAfterLoggingOut(TestHomeserver server) {
        var login = login(server);
        assertThat(
                        server.post(
                                "/_matrix/client/v3/logout?access_token={token}",
                                login.string("/access_token"),
                                "{}"))
                .isOk();
        assertThat(refresh(server, login.string("/refresh_token")))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
    }

    private static TestResponse login(TestHomeserver server) {
        var alice = server.register("alice");
        var response =
                server.post(
                        "/_matrix/client/v3/login",
                        """
                        {"type": "m.login.password", "user": "%s", "password": "%s",
                         "refresh_token": true}
                        """
                                .formatted(alice.id(), alice.password()));
        assertThat(response).isOk();
        return response;
    }

    private static TestResponse refresh(TestHomeserver server, String token) {
        return server.post(
                "/_matrix/client/v3/refresh", "{\"refresh_token\": \"%s\"}".formatted(token));
    }

    private static TestResponse whoami(TestHomeserver server, TestResponse tokens) {
        return server.get(
                "/_matrix/client/v3/account/whoami?access_token={token}",
                tokens.string("/access_token"));
    }
}
