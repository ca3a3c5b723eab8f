package dev.lares.client.joining;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class KnockTest {
    private static final String PATH = "/_matrix/client/v3/knock/{roomIdOrAlias}";

    private static TestRoom roomToKnockOn(TestUser creator) {
        return creator.createRoom(
                "{\"initial_state\":[{\"type\":\"m.room.join_rules\","
                        + "\"content\":{\"join_rule\":\"knock\"}}]}");
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = roomToKnockOn(server.register("alice"));
        assertThat(server.post(PATH, room.id(), "{}")).hasStatus(401);
    }

    @Test
    void asksToBeLetIn(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = roomToKnockOn(alice);
        assertThat(bob.post(PATH + "?via=example.org", room.id(), "{\"reason\":\"please\"}"))
                .isOk()
                .hasJson("{\"room_id\":\"%s\"}".formatted(room.id()));
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("/membership", "\"knock\"")
                .hasJson("/reason", "\"please\"");
        // Again, and nothing happens.
        assertThat(bob.post(PATH, room.id(), "{}")).isOk();
        assertThat(room.state("m.room.member", bob.id())).hasJson("/reason", "\"please\"");
        // Being asked in is the answer, and then nobody knocks any more.
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/invite",
                                room.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        assertThat(bob.post(PATH, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.join(room)).isOk();
        assertThat(bob.post(PATH, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(bob)).isEqualTo("join");
    }

    @Test
    void isTakenBackByLeaving(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = roomToKnockOn(alice);
        assertThat(bob.post(PATH, room.id(), "{}")).isOk();
        assertThat(bob.leave(room)).isOk();
        assertThat(room.membershipOf(bob)).isEqualTo("leave");
    }

    @Test
    void isForbiddenWhereTheRoomDoesNotAllowIt(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var invited = alice.createRoom("{}");
        assertThat(bob.post(PATH, invited.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        var old = alice.createRoom("{\"room_version\":\"6\"}");
        assertThat(bob.post(PATH, old.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(invited.membershipOf(bob)).isEqualTo("none");
    }

    @Test
    void doesNotFindWhatIsNotHere(TestHomeserver server) {
        var bob = server.register("bob");
        assertThat(bob.post(PATH, "!nowhere:localhost", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(bob.post(PATH, "#nowhere:localhost", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
    }
}
