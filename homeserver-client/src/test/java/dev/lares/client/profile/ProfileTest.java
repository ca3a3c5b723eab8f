package dev.lares.client.profile;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

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
class ProfileTest {
    private static final String FIELD = "/_matrix/client/v3/profile/{userId}/{keyName}";

    @ParameterizedTest
    @ValueSource(strings = {"v3", "r0"})
    void isSetAndReadByAnybody(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var profile = "/_matrix/client/" + version + "/profile/{userId}";
        assertThat(server.get(profile, alice.id())).isOk().hasJson("{}");
        assertThat(
                        alice.put(
                                profile + "/displayname",
                                alice.id(),
                                "{\"displayname\": \"Alice \\ud83d\\ude00\"}"))
                .isOk()
                .hasJson("{}");
        assertThat(set(alice, "avatar_url", "\"mxc://localhost/abc\"")).isOk();
        assertThat(server.get(profile, alice.id()))
                .isOk()
                .hasJson(
                        """
                        {"displayname": "Alice 😀", "avatar_url": "mxc://localhost/abc"}
                        """);
        assertThat(server.get(profile + "/displayname", alice.id()))
                .isOk()
                .hasJson("{\"displayname\": \"Alice 😀\"}");
    }

    @Test
    void hasNoFieldThatWasNotSet(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(server.get(FIELD, alice.id(), "displayname"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(server.get("/_matrix/client/v3/profile/{userId}", "@nobody:localhost"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(server.get("/_matrix/client/v3/profile/{userId}", "nobody"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void isSetByItsOwnerOnly(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var body = "{\"displayname\": \"Mallory\"}";
        assertThat(bob.put(FIELD, alice.id(), "displayname", body))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(server.put(FIELD, alice.id(), "displayname", body))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(bob.delete(FIELD, alice.id(), "displayname"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(server.get("/_matrix/client/v3/profile/{userId}", alice.id())).hasJson("{}");
    }

    @Test
    void isNotChangedWhileSuspended(TestHomeserver server) {
        var alice = server.register("alice");
        var accounts = server.bean(AccountService.class);
        accounts.set(
                accounts.get(new UserId(alice.id())),
                AccountFlag.SUSPENDED,
                AccountFlag.Setting.ON);
        assertThat(set(alice, "displayname", "\"Alice\""))
                .hasStatus(403)
                .hasErrcode("M_USER_SUSPENDED");
    }

    @Test
    void refusesValuesThatDoNotFit(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(set(alice, "displayname", "7")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(set(alice, "displayname", "null")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(set(alice, "displayname", "\"" + "x".repeat(257) + "\""))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(set(alice, "displayname", "\"a\\u0000b\""))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(set(alice, "avatar_url", "\"https://test.example/a.png\""))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(set(alice, "avatar_url", "[]")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(alice.put(FIELD, alice.id(), "displayname", "{}"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(alice.put(FIELD, alice.id(), "displayname", "x"))
                .hasStatus(400)
                .hasErrcode("M_NOT_JSON");
        assertThat(server.get("/_matrix/client/v3/profile/{userId}", alice.id())).hasJson("{}");
    }

    @Test
    void takesTheLongestName(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(set(alice, "displayname", "\"" + "x".repeat(256) + "\"")).isOk();
    }

    @Test
    void isClearedByAnEmptyValueOrDeleted(TestHomeserver server) {
        var alice = server.register("alice");
        set(alice, "displayname", "\"Alice\"");
        set(alice, "avatar_url", "\"mxc://localhost/abc\"");
        assertThat(set(alice, "avatar_url", "\"\"")).isOk();
        assertThat(alice.delete(FIELD, alice.id(), "displayname")).isOk().hasJson("{}");
        assertThat(alice.delete(FIELD, alice.id(), "displayname")).isOk().hasJson("{}");
        assertThat(server.get("/_matrix/client/v3/profile/{userId}", alice.id())).hasJson("{}");
    }

    @Test
    void keepsFieldsOfAnyType(TestHomeserver server) {
        var alice = server.register("alice");
        var value = "{\"a\": [1, null, \"b\\u0000\"]}";
        assertThat(set(alice, "com.example.field", value)).isOk();
        assertThat(set(alice, "m.tz", "\"Europe/London\"")).isOk();
        assertThat(server.get(FIELD, alice.id(), "com.example.field"))
                .isOk()
                .hasJson("{\"com.example.field\": " + value + "}");
        assertThat(server.get("/_matrix/client/v3/profile/{userId}", alice.id()))
                .hasJson("/m.tz", "\"Europe/London\"");
    }

    @Test
    void refusesNamesOfFieldsThatTheGrammarForbids(TestHomeserver server) {
        var alice = server.register("alice");
        for (var name : new String[] {"Display", "nodots", "a b.c", "é.x", ".x", "x."}) {
            assertThat(set(alice, name, "1")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        }
        assertThat(set(alice, "com." + "x".repeat(252), "1"))
                .hasStatus(400)
                .hasErrcode("M_KEY_TOO_LARGE");
        assertThat(set(alice, "com." + "x".repeat(251), "1")).isOk();
    }

    @Test
    void staysUnder64KiB(TestHomeserver server) {
        var alice = server.register("alice");
        var large = "\"" + "x".repeat(32_000) + "\"";
        assertThat(set(alice, "com.example.one", large)).isOk();
        assertThat(set(alice, "com.example.two", large)).isOk();
        assertThat(set(alice, "com.example.three", large))
                .hasStatus(400)
                .hasErrcode("M_PROFILE_TOO_LARGE");
        assertThat(server.get(FIELD, alice.id(), "com.example.three")).hasStatus(404);
        assertThat(set(alice, "com.example.two", "1")).isOk();
        assertThat(set(alice, "com.example.three", large)).isOk();
    }

    private static TestResponse set(TestUser user, String key, String value) {
        return user.put(FIELD, user.id(), key, "{\"%s\": %s}".formatted(key, value));
    }
}
