package dev.lares.client.roomupgrade;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class RoomUpgradeTest {
    private static final String UPGRADE = "/_matrix/client/v3/rooms/{roomId}/upgrade";
    private static final String STATE =
            "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}";

    private static String upgrade(TestUser user, String roomId, String version) {
        var response = user.post(UPGRADE, roomId, Map.of("new_version", version));
        assertThat(response).isOk();
        return response.string("/replacement_room");
    }

    private static TestResponse state(TestUser user, String roomId, String type) {
        return user.get(STATE, roomId, type, "");
    }

    @Test
    void copiesWhatMakesTheRoomAndClosesTheOldOne(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var mallory = server.register("mallory");
        var old =
                alice.createRoom(
                                """
                                {"preset": "public_chat", "name": "Hall", "topic": "All", "room_version": "10",
                                 "creation_content": {"m.federate": false, "org.example": 1},
                                 "power_level_content_override": {"users": {"%s": 100, "%s": 50}},
                                 "initial_state": [
                                   {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}},
                                   {"type": "m.room.server_acl", "content": {"allow": ["*"]}},
                                   {"type": "m.room.avatar", "content": {"url": "mxc://localhost/a"}},
                                   {"type": "org.example.own", "content": {"a": 1}}]}
                                """
                                        .formatted(alice.id(), bob.id()))
                        .joinedBy(bob, mallory);
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/ban",
                                old.id(),
                                Map.of("user_id", mallory.id(), "reason", "spam")))
                .isOk();
        var last = alice.say(old, "bye");
        var made = upgrade(alice, old.id(), "11");

        assertThat(state(alice, made, "m.room.create"))
                .hasJson(
                        """
                        {"room_version": "11", "m.federate": false,
                         "predecessor": {"room_id": "%s", "event_id": "%s"}}
                        """
                                .formatted(old.id(), last));
        for (var type :
                List.of(
                        "m.room.name",
                        "m.room.topic",
                        "m.room.avatar",
                        "m.room.encryption",
                        "m.room.server_acl",
                        "m.room.join_rules",
                        "m.room.history_visibility",
                        "m.room.guest_access")) {
            assertThat(state(alice, made, type))
                    .isOk()
                    .hasJson(state(alice, old.id(), type).text());
        }
        assertThat(state(alice, made, "m.room.power_levels"))
                .hasJson("/users", "{\"%s\":100,\"%s\":50}".formatted(alice.id(), bob.id()))
                .hasJson("/events_default", "0");
        assertThat(state(alice, made, "org.example.own")).hasStatus(404);
        assertThat(alice.get(STATE, made, "m.room.member", mallory.id()))
                .hasJson("{\"membership\":\"ban\",\"reason\":\"spam\"}");
        assertThat(alice.get(STATE, made, "m.room.member", bob.id())).hasStatus(404);

        assertThat(state(alice, old.id(), "m.room.tombstone"))
                .hasJson("/replacement_room", "\"" + made + "\"")
                .hasMember("/body");
        assertThat(state(alice, old.id(), "m.room.power_levels"))
                .hasJson("/events_default", "50")
                .hasJson("/invite", "50");
        var sync = alice.sync();
        var timeline = sync.json().at("/rooms/join").path(old.id()).at("/timeline/events");
        assertThat(timeline.valueStream().map(event -> event.path("type").asString("")).toList())
                .endsWith("m.room.message", "m.room.tombstone", "m.room.power_levels");
        assertThat(mallory.post("/_matrix/client/v3/rooms/{r}/join", made, "{}")).hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void goesFromAndToEachVersion(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room =
                alice.createRoom(
                                "{\"preset\":\"public_chat\",\"room_version\":\"%s\",\"name\":\"x\"}"
                                        .formatted(version))
                        .joinedBy(bob);
        var newest = upgrade(alice, room.id(), "12");
        assertThat(state(alice, newest, "m.room.power_levels"))
                .isOk()
                .lacksMember("/users/" + alice.id());
        assertThat(state(alice, newest, "m.room.create"))
                .hasJson("/predecessor/room_id", "\"" + room.id() + "\"");
        assertThat(bob.post("/_matrix/client/v3/rooms/{r}/join", newest, "{}")).isOk();
        var back = upgrade(alice, newest, version);
        assertThat(state(alice, back, "m.room.create"))
                .hasJson("/room_version", "\"" + version + "\"");
        assertThat(state(alice, back, "m.room.name")).hasJson("{\"name\":\"x\"}");
        assertThat(bob.post("/_matrix/client/v3/rooms/{r}/join", back, "{}")).isOk();
        // Who made the room has the power to replace it again.
        assertThat(alice.post(UPGRADE, back, Map.of("new_version", version))).isOk();
    }

    @Test
    void makesCreatorsOfThoseWhomItIsTold(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var old =
                alice.createRoom(
                        """
                        {"room_version": "12", "creation_content": {"additional_creators": ["%s"]},
                         "power_level_content_override": {"users": {"%s": 70}}}
                        """
                                .formatted(carol.id(), bob.id()));
        var request =
                Map.of("new_version", "12", "additional_creators", List.of(bob.id(), alice.id()));
        var made = alice.post(UPGRADE, old.id(), request).string("/replacement_room");
        assertThat(state(alice, made, "m.room.create"))
                .hasJson("/additional_creators", "[\"" + bob.id() + "\"]");
        assertThat(state(alice, made, "m.room.power_levels")).hasJson("/users", "{}");
        // Creators of the old room keep the most that an older version has to give.
        var lower = upgrade(alice, old.id(), "11");
        assertThat(state(alice, lower, "m.room.create")).lacksMember("/additional_creators");
        assertThat(state(alice, lower, "m.room.power_levels"))
                .hasJson("/users/" + alice.id(), "150")
                .hasJson("/users/" + carol.id(), "150")
                .hasJson("/users/" + bob.id(), "70");
    }

    @Test
    void takesAliasesAndTheDirectoryAlong(TestHomeserver server) {
        var alice = server.register("alice");
        var term = "moved-" + alice.localpart();
        var alias = "#" + term + ":localhost";
        var old =
                alice.createRoom(
                        "{\"visibility\":\"public\",\"name\":\"%1$s\",\"room_alias_name\":\"%1$s\"}"
                                .formatted(term));
        var made = upgrade(alice, old.id(), "12");
        assertThat(server.get("/_matrix/client/v3/directory/room/{a}", alias))
                .hasJson("/room_id", "\"" + made + "\"");
        assertThat(state(alice, made, "m.room.canonical_alias"))
                .hasJson("{\"alias\":\"" + alias + "\"}");
        assertThat(state(alice, old.id(), "m.room.canonical_alias")).hasJson("{}");
        var list = "/_matrix/client/v3/directory/list/room/{r}";
        assertThat(server.get(list, old.id())).hasJson("{\"visibility\":\"private\"}");
        assertThat(server.get(list, made)).hasJson("{\"visibility\":\"public\"}");
        var found =
                alice.post(
                        "/_matrix/client/v3/publicRooms",
                        "{\"filter\":{\"generic_search_term\":\"%s\"}}".formatted(term));
        assertThat(found)
                .hasJson("/total_room_count_estimate", "1")
                .hasJson("/chunk/0/room_id", "\"" + made + "\"");
    }

    @Test
    void givesUsersTheirSettingsBack(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var old = alice.createRoom().joinedBy(bob);
        for (var user : List.of(alice, bob)) {
            assertThat(
                            user.put(
                                    "/_matrix/client/v3/user/{u}/rooms/{r}/tags/m.favourite",
                                    user.id(),
                                    old.id(),
                                    "{\"order\":0.5}"))
                    .isOk();
            assertThat(
                            user.put(
                                    "/_matrix/client/v3/user/{u}/account_data/m.direct",
                                    user.id(),
                                    Map.of("@x:localhost", List.of(old.id(), "!other:localhost"))))
                    .isOk();
        }
        var made = upgrade(alice, old.id(), "12");
        assertThat(bob.post("/_matrix/client/v3/rooms/{r}/join", made, "{}")).isOk();
        for (var user : List.of(alice, bob)) {
            assertThat(user.get("/_matrix/client/v3/user/{u}/rooms/{r}/tags", user.id(), made))
                    .isOk()
                    .hasJson("{\"tags\":{\"m.favourite\":{\"order\":0.5}}}");
            assertThat(user.get("/_matrix/client/v3/user/{u}/account_data/m.direct", user.id()))
                    .hasJson(
                            "{\"@x:localhost\":[\"%s\",\"!other:localhost\",\"%s\"]}"
                                    .formatted(old.id(), made));
        }
    }

    @Test
    void bendsWhatTheVersionDoesNotKnow(TestHomeserver server) {
        var alice = server.register("alice");
        var restricted =
                alice.createRoom(
                        """
                        {"room_version": "9", "initial_state": [
                           {"type": "m.room.join_rules", "content": {"join_rule": "restricted", "allow": []}}],
                         "power_level_content_override": {"kick": "51", "users_default": " 3 "}}
                        """);
        var made = upgrade(alice, restricted.id(), "12");
        assertThat(state(alice, made, "m.room.join_rules")).hasJson("/join_rule", "\"restricted\"");
        assertThat(state(alice, made, "m.room.power_levels"))
                .hasJson("/kick", "51")
                .hasJson("/users_default", "3");
        var old = upgrade(alice, restricted.id(), "6");
        assertThat(state(alice, old, "m.room.join_rules")).hasJson("/join_rule", "\"invite\"");
    }

    @Test
    void takesAlongTheRoomsOfASpace(TestHomeserver server) {
        var alice = server.register("alice");
        var child = alice.createRoom();
        var space =
                alice.createRoom(
                        "{\"room_version\":\"11\",\"creation_content\":{\"type\":\"m.space\"}}");
        alice.sendState(space, "m.space.child", child.id(), Map.of("via", List.of("localhost")));
        alice.sendState(space, "m.space.child", "!gone:localhost", Map.of());
        var made = upgrade(alice, space.id(), "12");
        assertThat(state(alice, made, "m.room.create")).hasJson("/type", "\"m.space\"");
        assertThat(alice.get(STATE, made, "m.space.child", child.id()))
                .hasJson("{\"via\":[\"localhost\"]}");
        assertThat(alice.get(STATE, made, "m.space.child", "!gone:localhost")).hasStatus(404);
    }

    @Test
    void takesTheTombstoneAloneWhereTheLevelsStandFast(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var old =
                alice.createRoom(
                                """
                                {"preset": "public_chat", "room_version": "11", "room_alias_name": "kept-%s",
                                 "power_level_content_override": {"users": {"%s": 100, "%s": 10},
                                   "events": {"m.room.tombstone": 10}}}
                                """
                                        .formatted(alice.localpart(), alice.id(), bob.id()))
                        .joinedBy(bob);
        var made = upgrade(bob, old.id(), "11");
        assertThat(state(alice, old.id(), "m.room.tombstone"))
                .hasJson("/replacement_room", "\"" + made + "\"");
        assertThat(state(alice, old.id(), "m.room.power_levels")).hasJson("/events_default", "0");
        assertThat(state(bob, made, "m.room.power_levels"))
                .hasJson("/users", "{\"%s\":100,\"%s\":10}".formatted(alice.id(), bob.id()));
    }

    @Test
    void isForThoseWithThePower(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        TestRoom room = alice.createRoom().joinedBy(bob);
        var request = Map.of("new_version", "11");
        assertThat(server.post(UPGRADE, room.id(), request))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        for (var user : List.of(bob, carol)) {
            assertThat(user.post(UPGRADE, room.id(), request))
                    .hasStatus(403)
                    .hasErrcode("M_FORBIDDEN");
            assertThat(user.get("/_matrix/client/v3/joined_rooms").json("/joined_rooms"))
                    .hasSize(user == bob ? 1 : 0);
        }
        assertThat(alice.post(UPGRADE, "!nowhere:localhost", request))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.post(UPGRADE, room.id(), Map.of("new_version", "99")))
                .hasStatus(400)
                .hasErrcode("M_UNSUPPORTED_ROOM_VERSION");
        assertThat(alice.post(UPGRADE, room.id(), "{}")).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(
                        alice.post(
                                UPGRADE,
                                room.id(),
                                "{\"new_version\":\"12\",\"additional_creators\":[\"x\"]}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(state(alice, room.id(), "m.room.tombstone")).hasStatus(404);
        assertThat(alice.get("/_matrix/client/v3/joined_rooms").json("/joined_rooms")).hasSize(1);
    }
}
