package dev.lares.client.login;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class LoginTest {
    private static final String LOGIN = "/_matrix/client/v3/login";

    @ParameterizedTest
    @ValueSource(strings = {"v3", "r0"})
    void offersItsFlows(String version, TestHomeserver server) {
        assertThat(server.get("/_matrix/client/" + version + "/login"))
                .isOk()
                .hasJson(
                        """
                        {"flows": [{"type": "m.login.password"},
                                   {"type": "m.login.token", "get_login_token": true}]}
                        """);
    }

    @Test
    void takesAUserIdOrALocalpartInAnyCase(TestHomeserver server) {
        var alice = server.register("alice");
        for (var name :
                new String[] {alice.id(), alice.localpart(), alice.localpart().toUpperCase()}) {
            var response = password(server, name, alice.password());
            assertThat(response).isOk().hasJson("/user_id", "\"" + alice.id() + "\"");
            assertThat(response)
                    .hasMember("/access_token")
                    .hasMember("/device_id")
                    .lacksMember("/refresh_token")
                    .lacksMember("/expires_in_ms");
            assertThat(whoami(server, response.string("/access_token"))).isOk();
        }
    }

    @Test
    void takesTheDeprecatedUserMember(TestHomeserver server) {
        var alice = server.register("alice");
        var response =
                server.post(
                        LOGIN,
                        """
                        {"type": "m.login.password", "user": "%s", "password": "%s"}
                        """
                                .formatted(alice.id(), alice.password()));
        assertThat(response).isOk();
    }

    @Test
    void isForbiddenWithAWrongPassword(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(password(server, alice.id(), "wrong")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(password(server, "nobody-at-all", alice.password()))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(password(server, "@alice:elsewhere.example", alice.password()))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(password(server, "", alice.password())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(alice.get("/_matrix/client/v3/account/whoami")).isOk();
    }

    @Test
    void isForbiddenWithAThirdPartyIdentifierThatNobodyHas(TestHomeserver server) {
        for (var identifier :
                new String[] {
                    """
                    {"type": "m.id.thirdparty", "medium": "email", "address": "a@b.example"}
                    """,
                    """
                    {"medium": "email", "address": "a@b.example"}
                    """,
                    """
                    {"type": "m.id.phone", "country": "GB", "phone": "07700900000"}
                    """
                }) {
            var response =
                    server.post(
                            LOGIN,
                            """
                            {"type": "m.login.password", "identifier": %s, "password": "x"}
                            """
                                    .formatted(identifier));
            assertThat(response).hasStatus(403).hasErrcode("M_FORBIDDEN");
        }
        assertThat(
                        server.post(
                                LOGIN,
                                """
                                {"type": "m.login.password", "medium": "email",
                                 "address": "a@b.example", "password": "x"}
                                """))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void refusesWhatItCannotRead(TestHomeserver server) {
        assertThat(server.post(LOGIN, "{")).hasStatus(400).hasErrcode("M_NOT_JSON");
        assertThat(server.post(LOGIN, "[]")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(server.post(LOGIN, "{}")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(server.post(LOGIN, "{\"type\": 1}")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(server.post(LOGIN, "{\"type\": \"m.login.magic\"}"))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN");
        assertThat(server.post(LOGIN, "{\"type\": \"m.login.password\"}"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(server.post(LOGIN, "{\"type\": \"m.login.password\", \"password\": \"x\"}"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(
                        server.post(
                                LOGIN,
                                """
                                {"type": "m.login.password", "password": "x",
                                 "identifier": {"type": "m.id.user"}}
                                """))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(
                        server.post(
                                LOGIN,
                                """
                                {"type": "m.login.password", "password": "x",
                                 "identifier": {"type": "m.id.colour", "user": "red"}}
                                """))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN");
        assertThat(server.post(LOGIN, "{\"type\": \"m.login.token\"}"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(server.post(LOGIN, "{\"type\": \"m.login.application_service\"}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void refusesADeviceThatItCannotKeep(TestHomeserver server) {
        var alice = server.register("alice");
        for (var member :
                new String[] {
                    "\"device_id\": \"\"",
                    "\"device_id\": \"" + "x".repeat(513) + "\"",
                    "\"initial_device_display_name\": \"" + "x".repeat(101) + "\""
                }) {
            var response =
                    server.post(
                            LOGIN,
                            """
                            {"type": "m.login.password", "user": "%s", "password": "%s", %s}
                            """
                                    .formatted(alice.id(), alice.password(), member));
            assertThat(response).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        }
    }

    @Test
    void takesTheEarlierTokenOfTheDevice(TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        var response =
                server.post(
                        LOGIN,
                        """
                        {"type": "m.login.password", "user": "%s", "password": "%s",
                         "device_id": "%s"}
                        """
                                .formatted(alice.id(), alice.password(), alice.deviceId()));
        assertThat(response).isOk().hasJson("/device_id", "\"" + alice.deviceId() + "\"");
        assertThat(alice.get("/_matrix/client/v3/account/whoami"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(other.get("/_matrix/client/v3/account/whoami")).isOk();
        assertThat(whoami(server, response.string("/access_token"))).isOk();
    }

    @Test
    void isRefusedToDeactivatedUsers(TestHomeserver server) {
        var alice = server.register("alice");
        var accounts = server.bean(AccountService.class);
        accounts.deactivate(accounts.get(new UserId(alice.id())));
        assertThat(password(server, alice.id(), alice.password()))
                .hasStatus(403)
                .hasErrcode("M_USER_DEACTIVATED");
        assertThat(alice.get("/_matrix/client/v3/account/whoami"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
    }

    @Test
    void isRefusedToLockedUsersWhoMayOnlyLogOut(TestHomeserver server) {
        var alice = server.register("alice");
        var accounts = server.bean(AccountService.class);
        var account = accounts.get(new UserId(alice.id()));
        accounts.set(account, AccountFlag.LOCKED, AccountFlag.Setting.ON);
        assertThat(password(server, alice.id(), alice.password()))
                .hasStatus(401)
                .hasErrcode("M_USER_LOCKED")
                .hasJson("/soft_logout", "true");
        assertThat(alice.get("/_matrix/client/v3/account/whoami"))
                .hasStatus(401)
                .hasErrcode("M_USER_LOCKED")
                .hasJson("/soft_logout", "true");
        assertThat(alice.post("/_matrix/client/v3/logout", "{}")).isOk();
        accounts.set(account, AccountFlag.LOCKED, AccountFlag.Setting.OFF);
        assertThat(password(server, alice.id(), alice.password())).isOk();
    }

    @Test
    void takesALoginTokenOnce(TestHomeserver server) {
        var alice = server.register("alice");
        var token = loginToken(alice).string("/login_token");
        var first = token(server, token);
        assertThat(first).isOk().hasJson("/user_id", "\"" + alice.id() + "\"");
        assertThat(token(server, token)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(token(server, "guess")).hasStatus(403).hasErrcode("M_FORBIDDEN");
    }

    @Test
    void givesNoLoginTokenWithoutThePassword(TestHomeserver server) {
        var alice = server.register("alice");
        var path = "/_matrix/client/v1/login/get_token";
        assertThat(server.post(path, "{}")).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        var challenge = alice.post(path, "{}");
        assertThat(challenge)
                .hasStatus(401)
                .hasJson("/flows", "[{\"stages\": [\"m.login.password\"]}]")
                .lacksMember("/errcode");
        var wrong =
                alice.post(
                        path,
                        """
                        {"auth": {"type": "m.login.password", "session": "%s", "password": "wrong"}}
                        """
                                .formatted(challenge.string("/session")));
        assertThat(wrong).hasStatus(401).hasErrcode("M_FORBIDDEN").hasMember("/flows");
        assertThat(alice.post(path, "{\"auth\": 7}")).hasStatus(400).hasErrcode("M_BAD_JSON");
    }

    private static TestResponse loginToken(TestUser user) {
        var path = "/_matrix/client/v1/login/get_token";
        var session = user.post(path, "{}").string("/session");
        var response =
                user.post(
                        path,
                        """
                        {"auth": {"type": "m.login.password", "session": "%s", "password": "%s",
                                  "identifier": {"type": "m.id.user", "user": "%s"}}}
                        """
                                .formatted(session, user.password(), user.id()));
        assertThat(response).isOk().hasJson("/expires_in_ms", "120000");
        return response;
    }

    private static TestResponse token(TestHomeserver server, String token) {
        return server.post(
                LOGIN, "{\"type\": \"m.login.token\", \"token\": \"%s\"}".formatted(token));
    }

    static TestResponse password(TestHomeserver server, String user, String password) {
        return server.post(
                LOGIN,
                """
                {"type": "m.login.password", "password": "%s",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """
                        .formatted(password, user));
    }

    private static TestResponse whoami(TestHomeserver server, String token) {
        return server.get("/_matrix/client/v3/account/whoami?access_token={token}", token);
    }

    @Test
    void showsAPageForClientsThatKnowNoFlow(TestHomeserver server) {
        var page = server.get("/_matrix/static/client/login/?device_id=PHONE");
        assertThat(page).isOk();
        assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'")
                .contains("script-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(page.text()).contains("window.matrixLogin.onLogin(answer)");
    }
}
