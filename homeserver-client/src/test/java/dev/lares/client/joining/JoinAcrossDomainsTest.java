package dev.lares.client.joining;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.domain.SigningKeys;
import dev.lares.core.id.ServerName;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two domains on one server: users of each live in the rooms of the other, as users of two servers
/// do.
@HomeserverTest(properties = {"lares.domain=one.example", "lares.domains=two.example:8448"})
class JoinAcrossDomainsTest {
    private static final String ALIAS = "/_matrix/client/v3/directory/room/{roomAlias}";
    private static final String MEMBER =
            "/_matrix/client/v3/rooms/{roomId}/state/m.room.member/{userId}";

    @Test
    void isToldByTheHostWhateverItsPort(TestHomeserver server) {
        assertThat(server.register("a").id()).endsWith(":one.example");
        assertThat(server.onHost("one.example:443").register("a").id()).endsWith(":one.example");
        for (var host : List.of("two.example", "two.example:443", "two.example:8448")) {
            assertThat(server.onHost(host).register("b").id()).endsWith(":two.example:8448");
        }
    }

    @Test
    void worksBothWays(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.onHost("two.example").register("bob");
        exchangeMessages(alice, bob, alice.createRoom());
        exchangeMessages(bob, alice, bob.createRoom());
    }

    private static void exchangeMessages(TestUser owner, TestUser guest, TestRoom room) {
        assertThat(guest.join(room)).isOk();
        assertThat(owner.get(MEMBER, room.id(), guest.id()))
                .isOk()
                .hasJson("/membership", "\"join\"");
        var asked = owner.say(room, "Who is there?");
        var answered = guest.say(room, "I");
        for (var user : List.of(owner, guest)) {
            var timeline = user.sync().text();
            assertThat(timeline).contains(asked, answered);
        }
    }

    @Test
    void worksByInvitationAndByAlias(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.onHost("two.example").register("bob");
        var secret = alice.createRoom("{\"preset\":\"private_chat\"}");
        assertThat(bob.join(secret)).hasStatus(403);
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{roomId}/invite",
                                secret.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        assertThat(bob.join(secret)).isOk();
        var room = alice.createRoom("{\"preset\":\"public_chat\"}");
        var alias = "#" + alice.localpart() + ":one.example";
        assertThat(alice.put(ALIAS, alias, Map.of("room_id", room.id()))).isOk();
        assertThat(bob.post("/_matrix/client/v3/join/{alias}", alias, "{}"))
                .isOk()
                .hasJson("/room_id", "\"" + room.id() + "\"");
    }

    @Test
    void signsEachEventWithTheKeyOfItsSender(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.onHost("two.example").register("bob");
        var room = alice.createRoom();
        assertThat(bob.join(room)).isOk();
        var signers = signers(server, room);
        assertThat(signers)
                .contains(
                        Map.entry(alice.id(), "one.example"),
                        Map.entry(bob.id(), "two.example:8448"))
                .doesNotContain(
                        Map.entry(alice.id(), "two.example:8448"),
                        Map.entry(bob.id(), "one.example"));
        var keys = server.bean(SigningKeys.class);
        var one = keys.get(new ServerName("one.example"));
        var two = keys.get(new ServerName("two.example:8448"));
        assertThat(one.keyId()).isNotEqualTo(two.keyId());
    }

    @Test
    void signsForNobodyElse(TestHomeserver server) {
        var keys = server.bean(SigningKeys.class);
        for (var foreign : List.of("elsewhere.example", "two.example", "one.example:8448")) {
            assertThatThrownBy(() -> keys.get(new ServerName(foreign)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void givesNoAliasesOfOtherDomains(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.onHost("two.example").register("bob");
        var room = alice.createRoom();
        assertThat(bob.join(room)).isOk();
        var body = Map.of("room_id", room.id());
        assertThat(bob.put(ALIAS, "#mine:one.example", body))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.put(ALIAS, "#mine:two.example:8448", body))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        for (var foreign : List.of("#mine:elsewhere.example", "#mine:two.example")) {
            assertThat(bob.put(ALIAS, foreign, body)).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        }
        assertThat(server.get(ALIAS, "#mine:one.example")).hasStatus(404);
        assertThat(server.get(ALIAS, "#mine:two.example:8448")).hasStatus(404);
        var own = "#own-" + bob.localpart() + ":two.example:8448";
        assertThat(bob.put(ALIAS, own, body)).isOk();
        assertThat(alice.delete(ALIAS, own)).isOk(); // the room's moderators may
    }

    @Test
    void leavesTheProfilesOfOthersAlone(TestHomeserver server) {
        var alice = server.register("alice");
        var namesake = "@" + alice.localpart() + ":two.example:8448";
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/profile/{userId}/displayname",
                                namesake,
                                "{\"displayname\":\"Mallory\"}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    private static List<Map.Entry<String, String>> signers(TestHomeserver server, TestRoom room) {
        return server.bean(JdbcClient.class)
                .sql(
                        """
                        SELECT convert_from(e.json, 'UTF8')::jsonb ->> 'sender' AS sender, s.signer
                        FROM event e
                        JOIN room r USING (room_nid)
                        CROSS JOIN LATERAL jsonb_object_keys(
                            convert_from(e.json, 'UTF8')::jsonb -> 'signatures') AS s (signer)
                        WHERE r.room_id = :room
                        """)
                .param("room", room.id())
                .query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
                .list();
    }
}
