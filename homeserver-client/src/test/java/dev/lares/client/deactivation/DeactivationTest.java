package dev.lares.client.deactivation;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@HomeserverTest
class DeactivationTest {
    private static final String PATH = "/_matrix/client/v3/account/deactivate";
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";
    private static final int LOOKS_MAX = 60;

    @Test
    void endsSessionsPasswordAndProfile(TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        var profile = "/_matrix/client/v3/profile/{userId}/displayname";
        assertThat(alice.put(profile, alice.id(), "{\"displayname\":\"Alice\"}")).isOk();
        assertThat(deactivate(alice, alice.password(), ""))
                .isOk()
                .hasJson("{\"id_server_unbind_result\":\"success\"}");
        assertThat(alice.get(WHOAMI)).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(other.get(WHOAMI)).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(server.get(profile, alice.id())).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(login(server, alice)).hasStatus(403);
        assertThat(
                        server.get(
                                "/_matrix/client/v3/register/available?username={name}",
                                alice.localpart()))
                .hasErrcode("M_USER_IN_USE");
        assertThat(alice.post(PATH, "{}")).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
    }

    @Test
    void leavesRoomsAndInvitations(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var joined = bob.createRoom().joinedBy(alice);
        var invited = bob.createRoom("{\"invite\":[\"%s\"]}".formatted(alice.id()));
        var banned = bob.createRoom();
        assertThat(
                        bob.post(
                                "/_matrix/client/v3/rooms/{roomId}/ban",
                                banned.id(),
                                "{\"user_id\":\"%s\"}".formatted(alice.id())))
                .isOk();
        assertThat(deactivate(alice, alice.password(), "")).isOk();
        assertThat(membershipOnceChanged(bob, joined, alice)).isEqualTo("leave");
        assertThat(membershipOnceChanged(bob, invited, alice)).isEqualTo("leave");
        assertThat(banned.membershipOf(alice)).isEqualTo("ban");
    }

    @Test
    void keepsContentForThoseWhoWereThere(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = bob.createRoom().joinedBy(alice);
        var data = "/_matrix/client/v3/user/{userId}/account_data/org.x";
        assertThat(alice.put(data, alice.id(), "{\"a\":1}")).isOk();
        var said = alice.say(room, "secret of alice");
        bob.say(room, "words of bob");
        assertThat(deactivate(alice, alice.password(), ", \"erase\": true")).isOk();
        assertThat(carol.join(room)).isOk();
        assertThat(message(bob, room, said)).hasToString("\"secret of alice\"");
        assertThat(message(carol, room, said).isMissingNode()).isTrue();
        assertThat(carol.sync().text()).contains("words of bob").doesNotContain("secret of alice");
        assertThat(bob.sync().text()).contains("secret of alice");
        var messages = "/_matrix/client/v3/rooms/{roomId}/messages?dir=b&limit=50";
        assertThat(carol.get(messages, room.id()).text())
                .contains(said)
                .contains("words of bob")
                .doesNotContain("secret of alice");
        var left =
                server.bean(JdbcClient.class)
                        .sql(
                                """
                                SELECT count(*) FROM account_data d
                                JOIN user_ref u ON u.user_nid = d.user_nid
                                WHERE u.user_id = :user
                                """)
                        .param("user", alice.id())
                        .query(Integer.class)
                        .single();
        assertThat(left).isZero();
    }

    @Test
    void erasesNothingWhereThatIsNotWanted(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = bob.createRoom().joinedBy(alice);
        var said = alice.say(room, "for everybody");
        assertThat(deactivate(alice, alice.password(), ", \"erase\": false")).isOk();
        assertThat(carol.join(room)).isOk();
        assertThat(message(carol, room, said)).hasToString("\"for everybody\"");
    }

    @Test
    void needsThePasswordAndTheSameRequest(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(deactivate(alice, "wrong", "")).hasStatus(401).hasErrcode("M_FORBIDDEN");
        var session = alice.post(PATH, "{}").string("/session");
        assertThat(alice.post(PATH, body(alice, session, alice.password(), ", \"erase\": true")))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.get(WHOAMI)).isOk();
        assertThat(login(server, alice)).isOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"erase\":1} | M_BAD_JSON", "[] | M_BAD_JSON", "{ | M_NOT_JSON"})
    void isRefusedWhereItIsMalformed(String body, String code, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(PATH, body)).hasStatus(400).hasErrcode(code);
        assertThat(alice.get(WHOAMI)).isOk();
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.post(PATH, "{}")).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
    }

    private static TestResponse deactivate(TestUser user, String password, String more) {
        var challenge = user.post(PATH, "{\"id_server\":\"example.org\"%s}".formatted(more));
        assertThat(challenge).hasStatus(401).lacksMember("/errcode");
        return user.post(PATH, body(user, challenge.string("/session"), password, more));
    }

    private static String body(TestUser user, String session, String password, String more) {
        return """
        {"auth": {"type": "m.login.password", "session": "%s", "password": "%s",
         "identifier": {"type": "m.id.user", "user": "%s"}}%s}
        """
                .formatted(session, password, user.id(), more);
    }

    private static JsonNode message(TestUser reader, TestRoom room, String eventId) {
        var answer =
                reader.get("/_matrix/client/v3/rooms/{roomId}/event/{eventId}", room.id(), eventId);
        assertThat(answer).isOk();
        return answer.json().at("/content/body");
    }

    /// Waits for the membership as a client does: a sync ends when something comes.
    private static String membershipOnceChanged(TestUser reader, TestRoom room, TestUser user) {
        var since = reader.sync().string("/next_batch");
        for (int i = 0; i < LOOKS_MAX; i++) {
            var membership = room.membershipOf(user);
            if (!membership.equals("join") && !membership.equals("invite")) {
                return membership;
            }
            var path = "/_matrix/client/v3/sync?timeout=5000&since={since}";
            since = reader.get(path, since).string("/next_batch");
        }
        return room.membershipOf(user);
    }

    private static TestResponse login(TestHomeserver server, TestUser user) {
        return server.post(
                "/_matrix/client/v3/login",
                "{\"type\": \"m.login.password\", \"user\": \"%s\", \"password\": \"%s\"}"
                        .formatted(user.id(), user.password()));
    }
}
