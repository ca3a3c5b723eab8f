package dev.lares.client.joining;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class JoinTest {
    private static final String BY_ID = "/_matrix/client/v3/rooms/{roomId}/join";
    private static final String BY_ALIAS = "/_matrix/client/v3/join/{roomIdOrAlias}";

    private static int memberEvents(TestUser user, TestRoom room, TestUser of) {
        var page =
                user.get("/_matrix/client/v3/rooms/{roomId}/messages?dir=b&limit=100", room.id());
        assertThat(page).isOk();
        int found = 0;
        for (var event : page.json("/chunk")) {
            if (event.path("state_key").asString("").equals(of.id())) {
                found++;
            }
        }
        return found;
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.post(BY_ID, room.id(), "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void letsEverybodyIntoAPublicRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.post(BY_ID, room.id(), "{\"reason\":\"curious\"}"))
                .isOk()
                .hasJson("{\"room_id\":\"%s\"}".formatted(room.id()));
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("/membership", "\"join\"")
                .hasJson("/reason", "\"curious\"");
    }

    @Test
    void changesNothingWhenRepeated(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        for (int i = 0; i < 3; i++) {
            assertThat(bob.post(BY_ID, room.id(), "{\"reason\":\"%d\"}".formatted(i))).isOk();
        }
        assertThat(memberEvents(alice, room, bob)).isEqualTo(1);
    }

    @Test
    void needsNoBody(TestHomeserver server) {
        var room = server.register("alice").createRoom();
        assertThat(server.register("bob").post(BY_ID, room.id())).isOk();
    }

    @Test
    void isForbiddenWithoutAnInvitation(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{}");
        assertThat(bob.post(BY_ID, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(bob)).isEqualTo("none");
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/invite",
                                room.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        assertThat(bob.post(BY_ID, room.id(), "{}")).isOk();
        assertThat(room.membershipOf(bob)).isEqualTo("join");
    }

    @Test
    void findsTheRoomOfAnAlias(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room =
                alice.createRoom(
                        "{\"preset\":\"public_chat\",\"room_alias_name\":\"a/b;c%%d-%s\"}"
                                .formatted(alice.localpart()));
        var domain = alice.id().substring(alice.id().indexOf(':'));
        var alias = "#a/b;c%d-" + alice.localpart() + domain;
        assertThat(bob.post(BY_ALIAS + "?via=example.org&server_name=example.com", alias, "{}"))
                .isOk()
                .hasJson("/room_id", "\"" + room.id() + "\"");
        assertThat(room.membershipOf(bob)).isEqualTo("join");
    }

    @Test
    void doesNotFindWhatIsNotHere(TestHomeserver server) {
        var bob = server.register("bob");
        assertThat(bob.post(BY_ALIAS, "#nowhere:localhost", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(bob.post(BY_ALIAS, "#there:elsewhere.example", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(bob.post(BY_ALIAS, "!nowhere:localhost", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(bob.post(BY_ALIAS, "nothing", "{}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void letsMembersOfAnotherRoomIntoARestrictedOne(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var club = alice.createRoom().joinedBy(bob);
        var lounge =
                alice.createRoom(
                        """
                        {"initial_state": [{"type": "m.room.join_rules", "content": {
                          "join_rule": "restricted",
                          "allow": [{"type": "m.room_membership", "room_id": "%s"}]}}]}
                        """
                                .formatted(club.id()));
        assertThat(carol.post(BY_ID, lounge.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(lounge.membershipOf(carol)).isEqualTo("none");
        assertThat(bob.post(BY_ID, lounge.id(), "{}")).isOk();
        assertThat(lounge.state("m.room.member", bob.id()))
                .hasJson("/membership", "\"join\"")
                .hasJson("/join_authorised_via_users_server", "\"" + alice.id() + "\"");
        // Who is in stays in, whatever becomes of the condition.
        assertThat(bob.leave(club)).isOk();
        assertThat(bob.post(BY_ID, lounge.id(), "{}")).isOk();
    }

    @Test
    void cannotGrantWhatNobodyHereMay(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var club = alice.createRoom().joinedBy(bob);
        var lounge =
                alice.createRoom(
                        """
                        {"initial_state": [{"type": "m.room.join_rules", "content": {
                          "join_rule": "restricted",
                          "allow": [{"type": "m.room_membership", "room_id": "%s"}]}}]}
                        """
                                .formatted(club.id()));
        assertThat(alice.leave(lounge)).isOk();
        assertThat(bob.post(BY_ID, lounge.id(), "{}"))
                .hasStatus(400)
                .hasErrcode("M_UNABLE_TO_GRANT_JOIN");
    }

    @Test
    void isForbiddenToTheBanned(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/ban",
                                room.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        assertThat(bob.post(BY_ID, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(bob)).isEqualTo("ban");
    }

    @Test
    void refusesWhatIsMalformed(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.post(BY_ID, room.id(), "{\"reason\":7}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(bob.post(BY_ID, room.id(), "{")).hasStatus(400).hasErrcode("M_NOT_JSON");
        assertThat(bob.post(BY_ID, "room", "{}")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(room.membershipOf(bob)).isEqualTo("none");
    }

    @Test
    void carriesTheProfile(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        assertThat(
                        bob.put(
                                "/_matrix/client/v3/profile/{u}/displayname",
                                bob.id(),
                                "{\"displayname\":\"Bob the Builder\"}"))
                .isOk();
        var room = alice.createRoom().joinedBy(bob);
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("/displayname", "\"Bob the Builder\"");
    }
}
