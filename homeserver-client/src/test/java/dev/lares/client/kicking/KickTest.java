package dev.lares.client.kicking;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class KickTest {
    private static final String PATH = "/_matrix/client/v3/rooms/{roomId}/kick";

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.post(PATH, room.id(), Map.of("user_id", "@bob:localhost")))
                .hasStatus(401);
    }

    @Test
    void makesTheUserLeave(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var body = Map.of("user_id", bob.id(), "reason", "unfunny");
        assertThat(alice.post(PATH, room.id(), body)).isOk().hasJson("{}");
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("{\"membership\":\"leave\",\"reason\":\"unfunny\"}");
        // Who is out cannot be kicked again.
        assertThat(alice.post(PATH, room.id(), body)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.join(room)).isOk();
    }

    @Test
    void isForbiddenWithoutThePowerToKick(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(bob.post(PATH, room.id(), Map.of("user_id", alice.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(alice)).isEqualTo("join");
    }

    @Test
    void isForbiddenToOutsiders(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.post(PATH, room.id(), Map.of("user_id", alice.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.post(PATH, room.id(), Map.of("user_id", bob.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(bob)).isEqualTo("none");
    }

    @Test
    void takesAnInvitationBack(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"invite\":[\"%s\"]}".formatted(bob.id()));
        assertThat(alice.post(PATH, room.id(), Map.of("user_id", bob.id()))).isOk();
        assertThat(bob.join(room)).hasStatus(403);
        assertThat(room.membershipOf(bob)).isEqualTo("leave");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.post(PATH, room.id(), "{}")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(alice.post(PATH, room.id(), "{\"user_id\":\"bob\"}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }
}
