package dev.lares.client.profile;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@HomeserverTest
class ProfileInRoomsTest {
    private static final String FIELD = "/_matrix/client/v3/profile/{userId}/{keyName}";
    private static final String MEMBER =
            "/_matrix/client/v3/rooms/{roomId}/state/m.room.member/{userId}";

    @Test
    void showsInEachRoomThatItsOwnerHasJoined(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var one = alice.createRoom();
        var two = bob.createRoom();
        var left = bob.createRoom();
        assertThat(alice.join(two)).isOk();
        assertThat(alice.join(left)).isOk();
        assertThat(alice.leave(left)).isOk();
        assertThat(alice.put(FIELD, alice.id(), "displayname", "{\"displayname\": \"Alice\"}"))
                .isOk();
        assertThat(
                        alice.put(
                                FIELD,
                                alice.id(),
                                "avatar_url",
                                "{\"avatar_url\": \"mxc://localhost/a\"}"))
                .isOk();
        var content =
                """
                {"membership": "join", "displayname": "Alice", "avatar_url": "mxc://localhost/a"}
                """;
        awaitMember(alice, one, alice, content);
        awaitMember(bob, two, alice, content);
        assertThat(member(bob, left, alice)).isOk().hasJson("/membership", "\"leave\"");

        assertThat(alice.delete(FIELD, alice.id(), "displayname")).isOk();
        awaitMember(
                bob,
                two,
                alice,
                "{\"membership\": \"join\", \"avatar_url\": \"mxc://localhost/a\"}");
        assertThat(alice.put(FIELD, alice.id(), "m.tz", "{\"m.tz\": \"Europe/Paris\"}")).isOk();
        assertThat(member(bob, two, alice)).lacksMember("/m.tz");
    }

    @Test
    void comesToTheOthersWithTheirSync(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.join(room)).isOk();
        var since = bob.sync().string("/next_batch");
        assertThat(alice.put(FIELD, alice.id(), "displayname", "{\"displayname\": \"Ally\"}"))
                .isOk();
        var woken = bob.get("/_matrix/client/v3/sync?timeout=30000&since={since}", since);
        assertThat(woken.text()).contains("\"displayname\":\"Ally\"");
    }

    /// Rooms are told soon after the answer; each sync waits for something to happen.
    private static void awaitMember(TestUser asking, TestRoom room, TestUser user, String content) {
        var expected = JsonMapper.shared().readTree(content);
        var since = asking.sync().string("/next_batch");
        for (int i = 0; i < 30; i++) {
            var shown = member(asking, room, user);
            if (JsonMapper.shared().readTree(shown.text()).equals(expected)) {
                return;
            }
            since =
                    asking.get("/_matrix/client/v3/sync?timeout=1000&since={since}", since)
                            .string("/next_batch");
        }
        assertThat(member(asking, room, user)).isOk().hasJson(content);
    }

    private static TestResponse member(TestUser asking, TestRoom room, TestUser user) {
        return asking.get(MEMBER, room.id(), user.id());
    }
}
