package dev.lares.client.password;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;

@HomeserverTest
class PasswordTest {
    private static final String PATH = "/_matrix/client/v3/account/password";
    private static final String NEW = "a new horse";

    @Test
    void isChangedAndEndsOtherSessions(TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        assertThat(change(alice, alice.password(), "")).isOk().hasJson("{}");
        assertThat(alice.get("/_matrix/client/v3/account/whoami")).isOk();
        assertThat(other.get("/_matrix/client/v3/account/whoami"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(login(server, alice, alice.password())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(login(server, alice, NEW)).isOk();
    }

    @Test
    void isChangedWithoutEndingOtherSessionsWhereThatIsWanted(TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        assertThat(change(alice, alice.password(), ", \"logout_devices\": false")).isOk();
        assertThat(other.get("/_matrix/client/v3/account/whoami")).isOk();
    }

    @Test
    void isNotChangedWithoutThePresentOne(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(change(alice, "wrong", "")).hasStatus(401).hasErrcode("M_FORBIDDEN");
        assertThat(login(server, alice, NEW)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(login(server, alice, alice.password())).isOk();
    }

    @Test
    void isNotChangedToAnotherOneThanAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var session = session(alice, "");
        var request =
                """
                {"new_password": "chosen by a thief", "auth": {"type": "m.login.password",
                 "session": "%s", "password": "%s"}}
                """
                        .formatted(session, alice.password());
        assertThat(alice.post(PATH, request)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(login(server, alice, alice.password())).isOk();
    }

    @Test
    void isNotChangedBySomebodyElse(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var session = session(alice, "");
        var request =
                """
                {"new_password": "%s", "auth": {"type": "m.login.password",
                 "session": "%s", "password": "%s"}}
                """
                        .formatted(NEW, session, bob.password());
        assertThat(bob.post(PATH, request)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(login(server, alice, NEW)).hasStatus(403);
    }

    @Test
    void isRefusedWhereItIsWeakOrMissing(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(PATH, "{\"new_password\": \"short\"}"))
                .hasStatus(400)
                .hasErrcode("M_WEAK_PASSWORD");
        assertThat(alice.post(PATH, "{}")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(server.post(PATH, "{\"new_password\": \"long enough\"}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    private static TestResponse change(TestUser user, String password, String more) {
        var request =
                """
                {"new_password": "%s", "auth": {"type": "m.login.password", "session": "%s",
                 "password": "%s", "identifier": {"type": "m.id.user", "user": "%s"}}%s}
                """
                        .formatted(NEW, session(user, more), password, user.id(), more);
        return user.post(PATH, request);
    }

    private static String session(TestUser user, String more) {
        var challenge = user.post(PATH, "{\"new_password\": \"%s\"%s}".formatted(NEW, more));
        assertThat(challenge).hasStatus(401).lacksMember("/errcode");
        return challenge.string("/session");
    }

    private static TestResponse login(TestHomeserver server, TestUser user, String password) {
        return server.post(
                "/_matrix/client/v3/login",
                "{\"type\": \"m.login.password\", \"user\": \"%s\", \"password\": \"%s\"}"
                        .formatted(user.id(), password));
    }
}
