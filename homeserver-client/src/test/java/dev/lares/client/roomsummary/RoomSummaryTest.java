package dev.lares.client.roomsummary;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class RoomSummaryTest {
    private static final String SUMMARY = "/_matrix/client/v1/room_summary/{room}";
    private static final String UNSTABLE = "/_matrix/client/unstable/im.nheko.summary/";

    private static TestRoom room(TestUser creator, String state) {
        return creator.createRoom(
                "{\"preset\":\"private_chat\",\"name\":\"Hall\",\"initial_state\":["
                        + state
                        + "]}");
    }

    private static String joinRules(String content) {
        return "{\"type\":\"m.room.join_rules\",\"content\":{" + content + "}}";
    }

    @Test
    void tellsWhatARoomIs(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room =
                alice.createRoom(
                                """
                                {"preset": "public_chat", "name": "Hall", "topic": "Plain", "room_version": "11",
                                 "room_alias_name": "hall-%1$s", "creation_content": {"type": "m.space"},
                                 "initial_state": [
                                   {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}},
                                   {"type": "m.room.avatar", "content": {"url": "mxc://localhost/a"}}]}
                                """
                                        .formatted(alice.localpart()))
                        .joinedBy(bob);
        var expected =
                """
                {"room_id": "%s", "name": "Hall", "topic": "Plain", "num_joined_members": 2,
                 "canonical_alias": "#hall-%s:localhost", "avatar_url": "mxc://localhost/a",
                 "world_readable": false, "guest_can_join": false, "join_rule": "public",
                 "room_type": "m.space", "encryption": "m.megolm.v1.aes-sha2",
                 "room_version": "11"%s}
                """;
        assertThat(bob.get(SUMMARY, room.id()))
                .isOk()
                .hasJson(
                        expected.formatted(
                                room.id(), alice.localpart(), ",\"membership\":\"join\""));
        assertThat(server.get(SUMMARY, "#hall-" + alice.localpart() + ":localhost"))
                .isOk()
                .hasJson(expected.formatted(room.id(), alice.localpart(), ""));
        var unstable =
                ",\"im.nheko.summary.encryption\":\"m.megolm.v1.aes-sha2\","
                        + "\"im.nheko.summary.room_version\":\"11\"";
        for (var path : List.of("rooms/{room}/summary", "summary/{room}")) {
            assertThat(server.get(UNSTABLE + path, room.id()))
                    .isOk()
                    .hasJson(expected.formatted(room.id(), alice.localpart(), unstable));
        }
    }

    @Test
    void isForThoseWhoMayComeOrRead(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var closed = room(alice, joinRules("\"join_rule\":\"invite\""));
        assertThat(bob.get(SUMMARY, closed.id())).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(server.get(SUMMARY, closed.id())).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(alice.get(SUMMARY, closed.id())).isOk().hasJson("/membership", "\"join\"");
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/invite",
                                closed.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        assertThat(bob.get(SUMMARY, closed.id())).isOk().hasJson("/membership", "\"invite\"");
        assertThat(bob.leave(closed)).isOk();
        assertThat(bob.get(SUMMARY, closed.id())).hasStatus(404);
        alice.sendState(
                closed,
                "m.room.history_visibility",
                "",
                Map.of("history_visibility", "world_readable"));
        assertThat(server.get(SUMMARY, closed.id())).isOk().hasJson("/world_readable", "true");
        for (var rule : List.of("knock", "public", "knock_restricted")) {
            var open = room(alice, joinRules("\"join_rule\":\"" + rule + "\""));
            assertThat(server.get(SUMMARY, open.id()))
                    .isOk()
                    .hasJson("/join_rule", "\"" + rule + "\"");
            assertThat(bob.get(SUMMARY, open.id())).isOk().hasJson("/membership", "\"leave\"");
        }
    }

    @Test
    void isForThoseWhoMeetACondition(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var club = alice.createRoom();
        var room =
                room(
                        alice,
                        joinRules(
                                ("\"join_rule\":\"restricted\",\"allow\":["
                                                + "{\"type\":\"m.room_membership\",\"room_id\":\"%s\"},"
                                                + "{\"type\":\"other\",\"room_id\":\"!x:y\"}]")
                                        .formatted(club.id())));
        assertThat(bob.get(SUMMARY, room.id())).hasStatus(404);
        assertThat(server.get(SUMMARY, room.id())).hasStatus(404);
        assertThat(bob.join(club)).isOk();
        assertThat(bob.get(SUMMARY, room.id()))
                .isOk()
                .hasJson("/allowed_room_ids", "[\"" + club.id() + "\"]");
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/ban",
                                room.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        assertThat(bob.get(SUMMARY, room.id())).hasStatus(404);
    }

    @Test
    void refusesWhatIsNowhereAndMalformed(TestHomeserver server) {
        assertThat(server.get(SUMMARY, "!nowhere:localhost"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(server.get(SUMMARY, "#nowhere:localhost"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(server.get(SUMMARY, "nowhere")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(server.get(SUMMARY + "?via=%20", "!nowhere:localhost"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(server.get(SUMMARY + "?access_token=nonsense", "!nowhere:localhost"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
    }
}
