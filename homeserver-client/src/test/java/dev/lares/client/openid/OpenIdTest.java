package dev.lares.client.openid;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.openid.OpenIdTokenService;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@HomeserverTest
class OpenIdTest {
    private static final String PATH = "/_matrix/client/v3/user/{userId}/openid/request_token";

    @Test
    void givesATokenThatSaysWhoItIs(TestHomeserver server) {
        var alice = server.register("alice");
        var answer = alice.post(PATH, alice.id(), "{}");
        assertThat(answer)
                .isOk()
                .hasJson("/token_type", "\"Bearer\"")
                .hasJson("/expires_in", "3600")
                .hasJson("/matrix_server_name", "\"localhost\"");
        var token = answer.string("/access_token");
        var tokens = server.bean(OpenIdTokenService.class);
        assertThat(tokens.find(token)).contains(new UserId(alice.id()));
        assertThat(tokens.find(token + "x")).isEmpty();
        assertThat(tokens.find(alice.accessToken())).isEmpty();
        assertThat(alice.post(PATH, alice.id(), "{}").string("/access_token")).isNotEqualTo(token);
        assertThat(server.get("/_matrix/client/v3/account/whoami?access_token={t}", token))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
    }

    @Test
    void endsWithItsTimeAndTheAccount(TestHomeserver server) {
        var alice = server.register("alice");
        var token = alice.post(PATH, alice.id(), "{}").string("/access_token");
        var tokens = server.bean(OpenIdTokenService.class);
        var accounts = server.bean(AccountService.class);
        accounts.deactivate(accounts.get(new UserId(alice.id())));
        assertThat(tokens.find(token)).isEmpty();
        var bob = server.register("bob");
        var bobs = bob.post(PATH, bob.id(), "{}").string("/access_token");
        assertThat(tokens.find(bobs)).isPresent();
        server.bean(JdbcClient.class).sql("UPDATE openid_token SET expires_ts = 1").update();
        assertThat(tokens.find(bobs)).isEmpty();
    }

    @Test
    void isForOneselfOnly(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        assertThat(bob.post(PATH, alice.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(server.post(PATH, alice.id(), "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | M_BAD_JSON", "{ | M_NOT_JSON"})
    void isRefusedWhereItIsMalformed(String body, String code, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(PATH, alice.id(), body)).hasStatus(400).hasErrcode(code);
    }
}
