package dev.lares.client.registration;

import static dev.lares.client.registration.RegistrationTest.REGISTER;
import static dev.lares.client.registration.RegistrationTest.body;
import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.account.RegistrationTokenService;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@HomeserverTest(
        properties = {
            "lares.registration.mode=token",
            "lares.registration.guests=true",
            "lares.registration.terms.privacy.version=1.2",
            "lares.registration.terms.privacy.languages.en.name=Privacy <policy>",
            "lares.registration.terms.privacy.languages.en.url=https://test.example/privacy"
        })
class TokenRegistrationTest {
    @Test
    void needsTheTokenAndTheTerms(TestHomeserver server) {
        create(server, "needed", 1);
        var challenge = server.post(REGISTER, body("tokenuser", ""));
        assertThat(challenge)
                .hasStatus(401)
                .hasJson(
                        "/flows",
                        """
                        [{"stages": ["m.login.registration_token", "m.login.terms"]}]
                        """)
                .hasJson(
                        "/params",
                        """
                        {"m.login.terms": {"policies": {"privacy": {"version": "1.2", "en":
                            {"name": "Privacy <policy>", "url": "https://test.example/privacy"}}}}}
                        """);
        var session = challenge.string("/session");
        assertThat(stage(server, "tokenuser", session, "m.login.registration_token", "wrong"))
                .hasStatus(401)
                .hasErrcode("M_UNAUTHORIZED")
                .lacksMember("/completed");
        assertThat(stage(server, "tokenuser", session, "m.login.registration_token", "needed"))
                .hasStatus(401)
                .hasJson("/completed", "[\"m.login.registration_token\"]")
                .lacksMember("/errcode");
        assertThat(valid(server, "needed")).isOk().hasJson("{\"valid\": true}");
        assertThat(stage(server, "tokenuser", session, "m.login.terms", "")).isOk();
        assertThat(valid(server, "needed")).isOk().hasJson("{\"valid\": false}");
    }

    @Test
    void servesNoMoreAccountsThanTheTokenAllows(TestHomeserver server) {
        create(server, "once", 1);
        var one = passToken(server, "first", "once");
        var two = passToken(server, "second", "once");
        assertThat(stage(server, "first", one, "m.login.terms", "")).isOk();
        assertThat(stage(server, "second", two, "m.login.terms", ""))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(RegistrationTest.available(server, "second")).isOk();
    }

    @Test
    void isRefusedWithATokenThatWasDeletedMeanwhile(TestHomeserver server) {
        create(server, "deleted", 1);
        var session = passToken(server, "late", "deleted");
        server.bean(RegistrationTokenService.class).delete("deleted");
        assertThat(stage(server, "late", session, "m.login.terms", ""))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(RegistrationTest.available(server, "late")).isOk();
    }

    @Test
    void takesAnotherNameInTheSameSession(TestHomeserver server) {
        create(server, "renamed", 1);
        var session = passToken(server, "wanted", "renamed");
        assertThat(stage(server, "other", session, "m.login.terms", ""))
                .isOk()
                .hasJson("/user_id", "\"@other:localhost\"");
    }

    @Test
    void givesOutGuestAccounts(TestHomeserver server) {
        var response =
                server.post(
                        REGISTER + "?kind=guest",
                        "{\"username\": \"chosen\", \"device_id\": \"CHOSEN\"}");
        assertThat(response).isOk();
        org.assertj.core.api.Assertions.assertThat(response.string("/user_id"))
                .startsWith("@guest-");
        org.assertj.core.api.Assertions.assertThat(response.string("/device_id"))
                .isNotEqualTo("CHOSEN");
        var token = response.string("/access_token");
        assertThat(server.get("/_matrix/client/v3/account/whoami?access_token={t}", token))
                .isOk()
                .hasJson("/is_guest", "true");
        assertThat(
                        server.put(
                                "/_matrix/client/v3/profile/{u}/avatar_url?access_token={t}",
                                response.string("/user_id"),
                                token,
                                "{\"avatar_url\": \"mxc://a/b\"}"))
                .hasStatus(403)
                .hasErrcode("M_GUEST_ACCESS_FORBIDDEN");
    }

    @Test
    void asksForATokenToCheck(TestHomeserver server) {
        assertThat(valid(server, "never made")).isOk().hasJson("{\"valid\": false}");
        assertThat(server.get("/_matrix/client/v1/register/m.login.registration_token/validity"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
    }

    private static void create(TestHomeserver server, String token, int uses) {
        server.bean(RegistrationTokenService.class)
                .create(token, Optional.of(uses), Optional.empty());
    }

    private static String passToken(TestHomeserver server, String name, String token) {
        var session = server.post(REGISTER, body(name, "")).string("/session");
        assertThat(stage(server, name, session, "m.login.registration_token", token))
                .hasStatus(401)
                .hasMember("/completed");
        return session;
    }

    private static TestResponse stage(
            TestHomeserver server, String name, String session, String type, String token) {
        var auth =
                ", \"auth\": {\"type\": \"%s\", \"session\": \"%s\", \"token\": \"%s\"}"
                        .formatted(type, session, token);
        return server.post(REGISTER, body(name, auth));
    }

    private static TestResponse valid(TestHomeserver server, String token) {
        return server.get(
                "/_matrix/client/v1/register/m.login.registration_token/validity?token={token}",
                token);
    }
}
