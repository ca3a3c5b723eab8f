package dev.lares.admin.registration;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.web.AccessTokens;
import dev.lares.core.web.TokenOutcome;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@HomeserverTest(
        properties = {
            "lares.registration.mode=closed",
            "lares.registration.shared-secret=open sesame"
        })
class SharedSecretTest {
    private static final String PATH = "/_synapse/admin/v1/register";

    @Test
    void makesAnAccountAndSignsIn(TestHomeserver server) {
        var response = register(server, nonce(server), "Tool", "notadmin", "");
        assertThat(response)
                .isOk()
                .hasJson("/user_id", "\"@tool:localhost\"")
                .hasJson("/home_server", "\"localhost\"")
                .hasMember("/device_id");
        var tokens = server.bean(AccessTokens.class);
        assertThat(tokens.find(response.string("/access_token")))
                .isInstanceOf(TokenOutcome.Known.class);
        assertThat(account(server, "@tool:localhost").admin()).isFalse();
    }

    @Test
    void makesAnAdministrator(TestHomeserver server) {
        assertThat(register(server, nonce(server), "boss", "admin", ", \"admin\": true")).isOk();
        assertThat(account(server, "@boss:localhost").admin()).isTrue();
    }

    @Test
    void coversTheUserType(TestHomeserver server) {
        assertThat(
                        register(
                                server,
                                nonce(server),
                                "bot",
                                "notadmin\0bot",
                                ", \"user_type\": \"bot\""))
                .isOk();
        assertThat(register(server, nonce(server), "bot2", "notadmin", ", \"user_type\": \"bot\""))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void takesANonceOnce(TestHomeserver server) {
        var nonce = nonce(server);
        assertThat(register(server, nonce, "nonce1", "notadmin", "")).isOk();
        assertThat(register(server, nonce, "nonce2", "notadmin", ""))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN");
        assertThat(register(server, "made-up", "nonce3", "notadmin", ""))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN");
    }

    @Test
    void leavesNoExpiredNoncesBehind(TestHomeserver server) {
        var jdbc = server.bean(JdbcClient.class);
        jdbc.sql("INSERT INTO used_nonce (nonce_hash, expires_ts) VALUES (sha256('old'), 1)")
                .update();
        assertThat(register(server, nonce(server), "nonce4", "notadmin", "")).isOk();
        assertThat(
                        jdbc.sql("SELECT count(*) FROM used_nonce WHERE expires_ts = 1")
                                .query(Integer.class)
                                .single())
                .isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM used_nonce").query(Integer.class).single())
                .isPositive();
    }

    @Test
    void isForbiddenWithAWrongMac(TestHomeserver server) {
        // Signed as no administrator, asked for as one.
        assertThat(register(server, nonce(server), "mac", "notadmin", ", \"admin\": true"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        var request =
                """
                {"nonce": "%s", "username": "mac", "password": "correct horse", "mac": "zz"}
                """;
        assertThat(server.post(PATH, request.formatted(nonce(server))))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(server.bean(AccountService.class).find(new UserId("@mac:localhost"))).isEmpty();
    }

    @Test
    void refusesWhatRegistrationRefuses(TestHomeserver server) {
        assertThat(register(server, nonce(server), "again", "notadmin", "")).isOk();
        assertThat(register(server, nonce(server), "again", "notadmin", ""))
                .hasStatus(400)
                .hasErrcode("M_USER_IN_USE");
        assertThat(register(server, nonce(server), "not valid", "notadmin", ""))
                .hasStatus(400)
                .hasErrcode("M_INVALID_USERNAME");
        assertThat(server.post(PATH, "{}")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(server.post(PATH, "x")).hasStatus(400).hasErrcode("M_NOT_JSON");
    }

    private static String nonce(TestHomeserver server) {
        var response = server.get(PATH);
        assertThat(response).isOk();
        return response.string("/nonce");
    }

    private static TestResponse register(
            TestHomeserver server, String nonce, String name, String covered, String more) {
        var password = "correct horse";
        var mac = mac(String.join("\0", nonce, name, password, covered));
        return server.post(
                PATH,
                """
                {"nonce": "%s", "username": "%s", "password": "%s", "mac": "%s"%s}
                """
                        .formatted(nonce, name, password, mac, more));
    }

    private static String mac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec("open sesame".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static dev.lares.core.account.Account account(TestHomeserver server, String userId) {
        return server.bean(AccountService.class).get(new UserId(userId));
    }
}
