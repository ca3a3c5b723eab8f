package dev.lares.client.banning;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class BanTest {
    private static final String BAN = "/_matrix/client/v3/rooms/{roomId}/ban";
    private static final String UNBAN = "/_matrix/client/v3/rooms/{roomId}/unban";

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        var body = Map.of("user_id", "@bob:localhost");
        assertThat(server.post(BAN, room.id(), body)).hasStatus(401);
        assertThat(server.post(UNBAN, room.id(), body)).hasStatus(401);
    }

    @Test
    void keepsTheUserOutUntilLifted(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var body = Map.of("user_id", bob.id(), "reason", "spam");
        assertThat(alice.post(BAN, room.id(), body)).isOk().hasJson("{}");
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("{\"membership\":\"ban\",\"reason\":\"spam\"}");
        assertThat(alice.post(BAN, room.id(), body)).isOk();
        assertThat(bob.join(room)).hasStatus(403);
        assertThat(alice.post(UNBAN, room.id(), Map.of("user_id", bob.id()))).isOk().hasJson("{}");
        assertThat(room.membershipOf(bob)).isEqualTo("leave");
        assertThat(alice.post(UNBAN, room.id(), Map.of("user_id", bob.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.join(room)).isOk();
    }

    @Test
    void alsoKeepsOutWhoNeverCame(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(alice.post(BAN, room.id(), Map.of("user_id", bob.id()))).isOk();
        assertThat(bob.join(room)).hasStatus(403).hasErrcode("M_FORBIDDEN");
    }

    @Test
    void isForbiddenWithoutThePower(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob, carol);
        assertThat(bob.post(BAN, room.id(), Map.of("user_id", carol.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(carol)).isEqualTo("join");
        assertThat(alice.post(BAN, room.id(), Map.of("user_id", carol.id()))).isOk();
        assertThat(bob.post(UNBAN, room.id(), Map.of("user_id", carol.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(carol)).isEqualTo("ban");
    }

    @Test
    void isForbiddenToOutsiders(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.post(BAN, room.id(), Map.of("user_id", alice.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.post(UNBAN, "!nowhere:localhost", Map.of("user_id", alice.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(alice)).isEqualTo("join");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.post(BAN, room.id(), "{\"user_id\":null}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.post(UNBAN, room.id(), "[]")).hasStatus(400).hasErrcode("M_BAD_JSON");
    }
}
