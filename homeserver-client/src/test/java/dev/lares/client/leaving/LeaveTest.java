package dev.lares.client.leaving;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class LeaveTest {
    private static final String LEAVE = "/_matrix/client/v3/rooms/{roomId}/leave";
    private static final String FORGET = "/_matrix/client/v3/rooms/{roomId}/forget";

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.post(LEAVE, room.id(), "{}")).hasStatus(401);
        assertThat(server.post(FORGET, room.id(), "{}")).hasStatus(401);
    }

    @Test
    void leavesAndMayBeRepeated(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(bob.post(LEAVE, room.id(), "{\"reason\":\"bye\"}")).isOk().hasJson("{}");
        assertThat(bob.post(LEAVE, room.id(), "{\"reason\":\"bye again\"}")).isOk();
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("{\"membership\":\"leave\",\"reason\":\"bye\"}");
        assertThat(bob.get("/_matrix/client/v3/joined_rooms")).hasJson("{\"joined_rooms\":[]}");
    }

    @Test
    void rejectsAnInvitation(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"invite\":[\"%s\"]}".formatted(bob.id()));
        assertThat(bob.post(LEAVE, room.id())).isOk();
        assertThat(room.membershipOf(bob)).isEqualTo("leave");
        // Who never was in the room does not get to see it by having been asked.
        assertThat(bob.get("/_matrix/client/v3/rooms/{r}/state", room.id()))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void isForbiddenToStrangersAndTheBanned(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.post(LEAVE, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(bob)).isEqualTo("none");
        alice.post("/_matrix/client/v3/rooms/{r}/ban", room.id(), Map.of("user_id", bob.id()));
        assertThat(bob.post(LEAVE, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(bob)).isEqualTo("ban");
    }

    @Test
    void doesNotKnowOtherRooms(TestHomeserver server) {
        var bob = server.register("bob");
        assertThat(bob.post(LEAVE, "!nowhere:localhost", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.post(LEAVE, room.id(), "{\"reason\":[]}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.post(LEAVE, room.id(), "nonsense"))
                .hasStatus(400)
                .hasErrcode("M_NOT_JSON");
        assertThat(room.membershipOf(alice)).isEqualTo("join");
    }

    @Test
    void comesBeforeForgetting(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(bob.post(FORGET, room.id(), "{}")).hasStatus(400).hasErrcode("M_UNKNOWN");
        assertThat(bob.post(LEAVE, room.id(), "{}")).isOk();
        assertThat(bob.get("/_matrix/client/v3/rooms/{r}/state", room.id())).isOk();
        assertThat(bob.post(FORGET, room.id())).isOk().hasJson("{}");
        assertThat(bob.post(FORGET, room.id())).isOk();
        assertThat(bob.get("/_matrix/client/v3/rooms/{r}/state", room.id()))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.get("/_matrix/client/v3/rooms/{r}/messages?dir=b", room.id()))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        // Coming back ends it.
        assertThat(bob.join(room)).isOk();
        assertThat(bob.get("/_matrix/client/v3/rooms/{r}/state", room.id())).isOk();
    }

    @Test
    void isNotForgottenByStrangers(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.register("bob").post(FORGET, room.id()))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }
}
