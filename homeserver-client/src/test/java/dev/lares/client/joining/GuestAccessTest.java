package dev.lares.client.joining;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest(properties = "lares.registration.guests=true")
class GuestAccessTest {
    private static TestResponse guest(TestHomeserver server) {
        var guest = server.post("/_matrix/client/v3/register?kind=guest", "{}");
        assertThat(guest).isOk();
        return guest;
    }

    private static TestResponse join(TestHomeserver server, TestResponse guest, TestRoom room) {
        return server.post(
                "/_matrix/client/v3/rooms/{r}/join?access_token={t}",
                room.id(),
                guest.string("/access_token"),
                "{}");
    }

    private static String membership(TestUser user, TestRoom room, TestResponse guest) {
        return user.get(
                        "/_matrix/client/v3/rooms/{r}/state/m.room.member/{u}",
                        room.id(),
                        guest.string("/user_id"))
                .json()
                .path("membership")
                .asString("none");
    }

    private static TestRoom openRoom(TestUser creator) {
        return creator.createRoom(
                "{\"preset\":\"public_chat\",\"initial_state\":[{\"type\":\"m.room.guest_access\","
                        + "\"content\":{\"guest_access\":\"can_join\"}}]}");
    }

    @Test
    void isTheRoomsToGive(TestHomeserver server) {
        var alice = server.register("alice");
        var guest = guest(server);
        var closed = alice.createRoom();
        assertThat(join(server, guest, closed))
                .hasStatus(403)
                .hasErrcode("M_GUEST_ACCESS_FORBIDDEN");
        assertThat(membership(alice, closed, guest)).isEqualTo("none");
        var open = openRoom(alice);
        assertThat(join(server, guest, open)).isOk();
        assertThat(membership(alice, open, guest)).isEqualTo("join");
    }

    @Test
    void endsForThoseInsideWhenTheRoomCloses(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var guest = guest(server);
        var room = openRoom(alice).joinedBy(bob);
        assertThat(join(server, guest, room)).isOk();
        alice.sendState(room, "m.room.guest_access", "", Map.of("guest_access", "forbidden"));
        assertThat(membership(alice, room, guest)).isEqualTo("leave");
        assertThat(room.membershipOf(bob)).isEqualTo("join");
    }
}
