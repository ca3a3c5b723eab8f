package dev.lares.client.registration;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest(properties = "lares.registration.reserved-names=_.*,admin")
class RegistrationTest {
    static final String REGISTER = "/_matrix/client/v3/register";
    private static final String DUMMY = ", \"auth\": {\"type\": \"m.login.dummy\"}";

    @ParameterizedTest
    @ValueSource(strings = {"v3", "r0"})
    void makesAnAccountAndSignsIn(String version, TestHomeserver server) {
        var path = "/_matrix/client/" + version + "/register";
        var name = "alice-" + version;
        var challenge = server.post(path, body(name, ""));
        assertThat(challenge)
                .hasStatus(401)
                .hasJson("/flows", "[{\"stages\": [\"m.login.dummy\"]}]")
                .lacksMember("/errcode")
                .hasMember("/session");
        var auth =
                ", \"auth\": {\"type\": \"m.login.dummy\", \"session\": \"%s\"}"
                        .formatted(challenge.string("/session"));
        var response = server.post(path, body(name, auth));
        assertThat(response)
                .isOk()
                .hasJson("/user_id", "\"@" + name + ":localhost\"")
                .hasMember("/access_token")
                .hasMember("/device_id");
        assertThat(
                        server.get(
                                "/_matrix/client/v3/account/whoami?access_token={token}",
                                response.string("/access_token")))
                .isOk()
                .hasJson("/is_guest", "false");
    }

    @Test
    void makesCapitalsSmall(TestHomeserver server) {
        assertThat(server.post(REGISTER, body("MiXed", DUMMY)))
                .isOk()
                .hasJson("/user_id", "\"@mixed:localhost\"");
    }

    @Test
    void inventsAName(TestHomeserver server) {
        var response = server.post(REGISTER, "{\"password\": \"correct horse\"" + DUMMY + "}");
        assertThat(response).isOk();
        assertThat(response.string("/user_id")).matches("@[a-z0-9]{12}:localhost");
    }

    @Test
    void signsInOnTheDeviceThatIsNamed(TestHomeserver server) {
        var more = DUMMY + ", \"device_id\": \"PHONE\", \"refresh_token\": true";
        assertThat(server.post(REGISTER, body("ondevice", more)))
                .isOk()
                .hasJson("/device_id", "\"PHONE\"")
                .hasJson("/expires_in_ms", "300000")
                .hasMember("/refresh_token");
    }

    @Test
    void doesNotSignInWhereThatIsNotWanted(TestHomeserver server) {
        assertThat(server.post(REGISTER, body("inhibited", DUMMY + ", \"inhibit_login\": true")))
                .isOk()
                .hasJson(
                        """
                        {"user_id": "@inhibited:localhost", "home_server": "localhost"}
                        """);
    }

    @Test
    void refusesANameThatIsTakenBeforeAuthentication(TestHomeserver server) {
        assertThat(server.post(REGISTER, body("twice", DUMMY))).isOk();
        assertThat(server.post(REGISTER, body("twice", "")))
                .hasStatus(400)
                .hasErrcode("M_USER_IN_USE");
        assertThat(server.post(REGISTER, body("TWICE", DUMMY)))
                .hasStatus(400)
                .hasErrcode("M_USER_IN_USE");
        assertThat(available(server, "twice")).hasStatus(400).hasErrcode("M_USER_IN_USE");
    }

    @Test
    void refusesTheNameOfADeactivatedUser(TestHomeserver server) {
        var alice = server.register("gone");
        var accounts = server.bean(AccountService.class);
        accounts.deactivate(accounts.get(new UserId(alice.id())));
        assertThat(server.post(REGISTER, body(alice.localpart(), DUMMY)))
                .hasStatus(400)
                .hasErrcode("M_USER_IN_USE");
    }

    @ParameterizedTest
    @CsvSource({"al ice", "älice", "a:b", "@alice", "''"})
    void refusesANameThatTheGrammarForbids(String name, TestHomeserver server) {
        assertThat(server.post(REGISTER, body(name, DUMMY)))
                .hasStatus(400)
                .hasErrcode("M_INVALID_USERNAME");
        assertThat(available(server, name)).hasStatus(400).hasErrcode("M_INVALID_USERNAME");
    }

    @Test
    void refusesAReservedName(TestHomeserver server) {
        assertThat(server.post(REGISTER, body("_bridge_bob", DUMMY)))
                .hasStatus(400)
                .hasErrcode("M_EXCLUSIVE");
        assertThat(available(server, "Admin")).hasStatus(400).hasErrcode("M_EXCLUSIVE");
        assertThat(available(server, "administrator")).isOk().hasJson("{\"available\": true}");
    }

    @Test
    void refusesAPasswordThatIsMissingOrWeak(TestHomeserver server) {
        assertThat(server.post(REGISTER, "{\"username\": \"weak\", \"password\": \"1234567\"}"))
                .hasStatus(400)
                .hasErrcode("M_WEAK_PASSWORD");
        assertThat(server.post(REGISTER, "{\"username\": \"weak\"" + DUMMY + "}"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(available(server, "weak")).isOk();
    }

    @Test
    void refusesWhatItCannotRead(TestHomeserver server) {
        assertThat(server.post(REGISTER, "{")).hasStatus(400).hasErrcode("M_NOT_JSON");
        assertThat(server.post(REGISTER, "{\"username\": 1}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(server.post(REGISTER, "{\"auth\": \"dummy\"}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(server.post(REGISTER + "?kind=robot", "{}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(server.post(REGISTER, body("as", ", \"type\": \"m.login.application_service\"")))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(server.get("/_matrix/client/v3/register/available"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
    }

    @Test
    void givesOutNoGuestAccounts(TestHomeserver server) {
        assertThat(server.post(REGISTER + "?kind=guest", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void belongsToTheDomainOfTheHost(TestHomeserver server) {
        // Only one domain is hosted here: an unknown host means that one.
        assertThat(server.onHost("elsewhere.example").post(REGISTER, body("byhost", DUMMY)))
                .isOk()
                .hasJson("/user_id", "\"@byhost:localhost\"");
    }

    static String body(String username, String more) {
        return "{\"username\": \"%s\", \"password\": \"correct horse\"%s}"
                .formatted(username, more);
    }

    static TestResponse available(TestHomeserver server, String name) {
        return server.get("/_matrix/client/v3/register/available?username={name}", name);
    }
}
