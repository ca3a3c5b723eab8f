package dev.lares.client.profile;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;

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
        assertThat(member(alice, one, alice)).isOk().hasJson(content);
        assertThat(member(bob, two, alice)).isOk().hasJson(content);
        assertThat(member(bob, left, alice)).isOk().hasJson("/membership", "\"leave\"");

        assertThat(alice.delete(FIELD, alice.id(), "displayname")).isOk();
        assertThat(member(bob, two, alice))
                .isOk()
                .hasJson("{\"membership\": \"join\", \"avatar_url\": \"mxc://localhost/a\"}");
        assertThat(alice.put(FIELD, alice.id(), "m.tz", "{\"m.tz\": \"Europe/Paris\"}")).isOk();
        assertThat(member(bob, two, alice)).lacksMember("/m.tz");
    }

    private static TestResponse member(TestUser asking, TestRoom room, TestUser user) {
        return asking.get(MEMBER, room.id(), user.id());
    }
}
