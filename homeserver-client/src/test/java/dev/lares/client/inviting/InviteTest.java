package dev.lares.client.inviting;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class InviteTest {
    private static final String PATH = "/_matrix/client/v3/rooms/{roomId}/invite";

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.post(PATH, room.id(), Map.of("user_id", "@bob:localhost")))
                .hasStatus(401);
    }

    @Test
    void invites(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{}");
        var body = Map.of("user_id", bob.id(), "reason", "come in");
        assertThat(alice.post(PATH, room.id(), body)).isOk().hasJson("{}");
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("/membership", "\"invite\"")
                .hasJson("/reason", "\"come in\"");
    }

    @Test
    void changesNothingWhenRepeated(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{}");
        assertThat(alice.post(PATH, room.id(), Map.of("user_id", bob.id()))).isOk();
        var again = Map.of("user_id", bob.id(), "reason", "again");
        assertThat(alice.post(PATH, room.id(), again)).isOk();
        assertThat(room.state("m.room.member", bob.id())).lacksMember("/reason");
    }

    @Test
    void isForbiddenToOutsiders(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom();
        assertThat(bob.post(PATH, room.id(), Map.of("user_id", carol.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.post(PATH, "!nowhere:localhost", Map.of("user_id", carol.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(carol)).isEqualTo("none");
    }

    @Test
    void isForbiddenWithoutThePower(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        // A public room lets moderators invite.
        var room = alice.createRoom().joinedBy(bob);
        assertThat(bob.post(PATH, room.id(), Map.of("user_id", carol.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(carol)).isEqualTo("none");
        assertThat(alice.post(PATH, room.id(), Map.of("user_id", carol.id()))).isOk();
        assertThat(bob.post(PATH, room.id(), Map.of("user_id", carol.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void isForbiddenForMembersAndTheBanned(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(alice.post(PATH, room.id(), Map.of("user_id", bob.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/ban",
                                room.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        assertThat(alice.post(PATH, room.id(), Map.of("user_id", bob.id())))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(bob)).isEqualTo("ban");
    }

    @Test
    void isBlockedByWhoTakesNoInvitations(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{}");
        assertThat(
                        bob.put(
                                "/_matrix/client/v3/user/{u}/account_data/m.invite_permission_config",
                                bob.id(),
                                "{\"default_action\":\"block\"}"))
                .isOk();
        assertThat(alice.post(PATH, room.id(), Map.of("user_id", bob.id())))
                .hasStatus(403)
                .hasErrcode("M_INVITE_BLOCKED");
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/rooms/{r}/state/m.room.member/{u}",
                                room.id(),
                                bob.id(),
                                "{\"membership\":\"invite\"}"))
                .hasStatus(403)
                .hasErrcode("M_INVITE_BLOCKED");
        assertThat(alice.post("/_matrix/client/v3/createRoom", Map.of("invite", List.of(bob.id()))))
                .hasStatus(403)
                .hasErrcode("M_INVITE_BLOCKED");
        assertThat(room.membershipOf(bob)).isEqualTo("none");
    }

    @Test
    void reachesNoOtherServers(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.post(PATH, room.id(), Map.of("user_id", "@bob:elsewhere.example")))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        var email =
                Map.of(
                        "medium", "email",
                        "address", "bob@example.org",
                        "id_server", "example.org",
                        "id_access_token", "x");
        assertThat(alice.post(PATH, room.id(), email)).hasStatus(403).hasErrcode("M_FORBIDDEN");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.post(PATH, room.id(), "{}")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(alice.post(PATH, room.id(), "{\"user_id\":1}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.post(PATH, room.id(), "{\"user_id\":\"bob\"}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.post(PATH, room.id())).hasStatus(400).hasErrcode("M_NOT_JSON");
    }
}
