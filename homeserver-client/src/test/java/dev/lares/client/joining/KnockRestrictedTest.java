package dev.lares.client.joining;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rooms that let members of another room in and take knocks from the others.
@HomeserverTest
class KnockRestrictedTest {
    private static final String KNOCK =
            "/_matrix/client/v3/knock/{roomId}?via=localhost&via=elsewhere.example";

    private static TestRoom room(TestUser creator, String version, TestRoom club) {
        return creator.createRoom(
                """
                {"preset": "private_chat", "room_version": "%s", "initial_state": [
                   {"type": "m.room.join_rules", "content": {"join_rule": "knock_restricted",
                    "allow": [{"type": "m.room_membership", "room_id": "%s"}]}}]}
                """
                        .formatted(version, club.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void letMembersOfTheOtherRoomIn(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var club = alice.createRoom().joinedBy(bob);
        var room = room(alice, version, club);
        assertThat(
                        bob.post(
                                "/_matrix/client/v3/join/{r}?via=localhost&server_name=localhost",
                                room.id(),
                                "{\"reason\":\"hi\"}"))
                .isOk();
        assertThat(room.state("m.room.member", bob.id()))
                .hasJson("/membership", "\"join\"")
                .hasJson("/reason", "\"hi\"")
                .hasJson("/join_authorised_via_users_server", "\"" + alice.id() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void takeKnocksFromTheOthers(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var carol = server.register("carol");
        var room = room(alice, version, alice.createRoom());
        assertThat(carol.join(room)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(carol)).isEqualTo("none");
        assertThat(carol.post(KNOCK, room.id(), "{\"reason\":\"please\"}"))
                .isOk()
                .hasJson("/room_id", "\"" + room.id() + "\"");
        assertThat(room.state("m.room.member", carol.id()))
                .hasJson("/membership", "\"knock\"")
                .hasJson("/reason", "\"please\"");
        // A knock does not open the door.
        assertThat(carol.join(room)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(carol)).isEqualTo("knock");
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/invite",
                                room.id(),
                                Map.of("user_id", carol.id())))
                .isOk();
        assertThat(carol.post(KNOCK, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(carol.join(room)).isOk();
        assertThat(room.state("m.room.member", carol.id()))
                .lacksMember("/join_authorised_via_users_server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "8", "9"})
    void openNothingWhereTheVersionDoesNotKnowThem(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = room(alice, version, alice.createRoom().joinedBy(bob));
        assertThat(bob.join(room)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.post(KNOCK, room.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(room.membershipOf(bob)).isEqualTo("none");
    }
}
