package dev.lares.client.createroom;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@HomeserverTest
class CreateRoomTest {
    private static final String PATH = "/_matrix/client/v3/createRoom";

    private static String create(TestUser user, String json) {
        var response = user.post(PATH, json);
        assertThat(response).isOk();
        return response.string("/room_id");
    }

    private static TestResponse state(TestUser user, String roomId, String type, String key) {
        return user.get("/_matrix/client/v3/rooms/{roomId}/state/{type}/{key}", roomId, type, key);
    }

    private static List<String> types(TestUser user, String roomId) {
        var response =
                user.get("/_matrix/client/v3/rooms/{roomId}/messages?dir=f&limit=100", roomId);
        assertThat(response).isOk();
        var types = new ArrayList<String>();
        for (JsonNode event : response.json("/chunk")) {
            types.add(event.path("type").stringValue());
        }
        return types;
    }

    private static int joinedRooms(TestUser user) {
        return user.get("/_matrix/client/v3/joined_rooms").json("/joined_rooms").size();
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.post(PATH, "{}")).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void makesAPrivateRoomOfTheNewestStableVersionByDefault(TestHomeserver server) {
        var alice = server.register("alice");
        var room = create(alice, "{}");
        assertThat(room).startsWith("!").doesNotContain(":");
        assertThat(types(alice, room))
                .containsExactly(
                        "m.room.create",
                        "m.room.member",
                        "m.room.power_levels",
                        "m.room.join_rules",
                        "m.room.history_visibility",
                        "m.room.guest_access");
        assertThat(state(alice, room, "m.room.create", "")).hasJson("/room_version", "\"12\"");
        assertThat(state(alice, room, "m.room.create", "")).lacksMember("/creator");
        assertThat(state(alice, room, "m.room.join_rules", ""))
                .hasJson("{\"join_rule\":\"invite\"}");
        assertThat(state(alice, room, "m.room.history_visibility", ""))
                .hasJson("{\"history_visibility\":\"shared\"}");
        assertThat(state(alice, room, "m.room.guest_access", ""))
                .hasJson("{\"guest_access\":\"can_join\"}");
        assertThat(state(alice, room, "m.room.member", alice.id()))
                .hasJson("/membership", "\"join\"");
        // v12: creators are not in the power levels, and closing a room takes more than state.
        assertThat(state(alice, room, "m.room.power_levels", ""))
                .hasJson("/users", "{}")
                .hasJson("/events/m.room.tombstone", "150")
                .hasJson("/state_default", "50");
    }

    @Test
    void makesAPublicRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var room = create(alice, "{\"visibility\":\"public\"}");
        assertThat(state(alice, room, "m.room.join_rules", ""))
                .hasJson("{\"join_rule\":\"public\"}");
        assertThat(state(alice, room, "m.room.guest_access", ""))
                .hasJson("{\"guest_access\":\"forbidden\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void makesARoomOfEveryVersion(String version, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room =
                create(
                        alice,
                        "{\"room_version\":\"%s\",\"preset\":\"public_chat\",\"name\":\"N\"}"
                                .formatted(version));
        assertThat(state(alice, room, "m.room.create", ""))
                .hasJson("/room_version", "\"" + version + "\"");
        assertThat(state(alice, room, "m.room.name", "")).hasJson("{\"name\":\"N\"}");
        assertThat(bob.post("/_matrix/client/v3/rooms/{roomId}/join", room, "{}")).isOk();
        var sent =
                bob.put(
                        "/_matrix/client/v3/rooms/{r}/send/m.room.message/t1",
                        room,
                        "{\"msgtype\":\"m.text\",\"body\":\"in every version\"}");
        assertThat(sent).isOk();
        var read =
                alice.get("/_matrix/client/v3/rooms/{r}/event/{e}", room, sent.string("/event_id"));
        assertThat(read).isOk().hasJson("/content/body", "\"in every version\"");
    }

    @Test
    void namesTheCreatorWhereTheVersionWantsIt(TestHomeserver server) {
        var alice = server.register("alice");
        var request =
                "{\"room_version\":\"10\",\"creation_content\":{\"creator\":\"@mallory:example.org\","
                        + "\"room_version\":\"3\",\"m.federate\":false}}";
        var room = create(alice, request);
        assertThat(state(alice, room, "m.room.create", ""))
                .hasJson(
                        "{\"creator\":\"%s\",\"room_version\":\"10\",\"m.federate\":false}"
                                .formatted(alice.id()));
        assertThat(state(alice, room, "m.room.power_levels", ""))
                .hasJson("/users", "{\"%s\":100}".formatted(alice.id()));
    }

    @Test
    void givesTrustedInviteesThePowerOfTheCreator(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var request =
                "{\"preset\":\"trusted_private_chat\",\"is_direct\":true,\"invite\":[\"%s\"]%s}";
        var v12 = create(alice, request.formatted(bob.id(), ""));
        assertThat(state(alice, v12, "m.room.create", ""))
                .hasJson("/additional_creators", "[\"%s\"]".formatted(bob.id()));
        assertThat(state(alice, v12, "m.room.member", bob.id()))
                .hasJson("/membership", "\"invite\"")
                .hasJson("/is_direct", "true");
        assertThat(bob.post("/_matrix/client/v3/rooms/{r}/join", v12, "{}")).isOk();
        var v11 = create(alice, request.formatted(bob.id(), ",\"room_version\":\"11\""));
        assertThat(state(alice, v11, "m.room.create", "")).lacksMember("/additional_creators");
        assertThat(state(alice, v11, "m.room.power_levels", ""))
                .hasJson("/users", "{\"%s\":100,\"%s\":100}".formatted(alice.id(), bob.id()));
    }

    @Test
    void ordersWhatItIsAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var request =
                """
                {"name": "Pub", "topic": "Happy hour", "invite": ["%s", "%s"],
                 "room_alias_name": "pub-%s",
                 "initial_state": [
                   {"type": "m.room.join_rules", "content": {"join_rule": "public"}},
                   {"type": "m.room.name", "state_key": "", "content": {"name": "not this"}},
                   {"type": "org.example.colour", "state_key": "wall", "content": {"is": "red"}}],
                 "power_level_content_override": {"events_default": 10, "users_default": 20}}
                """
                        .formatted(bob.id(), bob.id(), alice.localpart());
        var room = create(alice, request);
        assertThat(types(alice, room))
                .containsExactly(
                        "m.room.create",
                        "m.room.member",
                        "m.room.power_levels",
                        "m.room.canonical_alias",
                        "m.room.history_visibility",
                        "m.room.guest_access",
                        "m.room.join_rules",
                        "org.example.colour",
                        "m.room.name",
                        "m.room.topic",
                        "m.room.member");
        assertThat(state(alice, room, "m.room.name", "")).hasJson("{\"name\":\"Pub\"}");
        assertThat(state(alice, room, "m.room.topic", ""))
                .hasJson("/topic", "\"Happy hour\"")
                .hasJson("/m.topic/m.text/0/body", "\"Happy hour\"");
        assertThat(state(alice, room, "m.room.join_rules", ""))
                .hasJson("{\"join_rule\":\"public\"}");
        assertThat(state(alice, room, "m.room.power_levels", ""))
                .hasJson("/events_default", "10")
                .hasJson("/users_default", "20");
        var domain = alice.id().substring(alice.id().indexOf(':'));
        var alias = "#pub-" + alice.localpart() + domain;
        assertThat(state(alice, room, "m.room.canonical_alias", ""))
                .hasJson("{\"alias\":\"%s\"}".formatted(alias));
        assertThat(server.get("/_matrix/client/v3/directory/room/{alias}", alias))
                .isOk()
                .hasJson("/room_id", "\"" + room + "\"");
    }

    @Test
    void refusesATakenAliasAndMakesNoRoom(TestHomeserver server) {
        var alice = server.register("alice");
        var request = "{\"room_alias_name\":\"taken-%s\"}".formatted(alice.localpart());
        create(alice, request);
        assertThat(alice.post(PATH, request)).hasStatus(400).hasErrcode("M_ROOM_IN_USE");
        assertThat(joinedRooms(alice)).isEqualTo(1);
    }

    @Test
    void givesTheAliasBackWhereTheStateIsRefused(TestHomeserver server) {
        var alice = server.register("alice");
        var name = "back-" + alice.localpart();
        var refused =
                """
                {"room_alias_name": "%s", "name": "x",
                 "power_level_content_override": {"users": {"%s": 0}}, "room_version": "11"}
                """
                        .formatted(name, alice.id());
        assertThat(alice.post(PATH, refused)).hasStatus(400).hasErrcode("M_INVALID_ROOM_STATE");
        assertThat(joinedRooms(alice)).isZero();
        create(alice, "{\"room_alias_name\":\"%s\"}".formatted(name));
    }

    @Test
    void refusesAnUnknownVersion(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(PATH, "{\"room_version\":\"1000\"}"))
                .hasStatus(400)
                .hasErrcode("M_UNSUPPORTED_ROOM_VERSION");
        assertThat(joinedRooms(alice)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"preset\":\"no_such_preset\"}",
                "{\"visibility\":1}",
                "{\"invite\":\"@bob:localhost\"}",
                "{\"invite\":[null]}",
                "{\"room_version\":12}",
                "{\"creation_content\":[]}",
                "{\"creation_content\":{\"additional_creators\":\"@bob:localhost\"}}",
                "{\"initial_state\":[{\"content\":{}}]}",
                "{\"initial_state\":[{\"type\":\"org.example\",\"content\":7}]}",
                "{\"name\":true}",
                "[]"
            })
    void refusesWhatIsMalformed(String json, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(PATH, json)).hasStatus(400).hasErrcode("M_BAD_JSON");
        assertThat(joinedRooms(alice)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"invite\":[\"bob\"]}",
                "{\"room_alias_name\":\"a:b\"}",
                "{\"room_alias_name\":\"\"}",
                "{\"initial_state\":[{\"type\":\"\",\"content\":{}}]}",
                "{\"creation_content\":{\"additional_creators\":[\"bob\"]}}"
            })
    void refusesWhatIsNoIdentifier(String json, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(PATH, json)).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(joinedRooms(alice)).isZero();
    }

    @Test
    void refusesMoreInviteesThanOneAppendTakes(TestHomeserver server) {
        var alice = server.register("alice");
        var invitees = new ArrayList<String>();
        for (int i = 0; i <= 100; i++) {
            invitees.add("\"@user%d:localhost\"".formatted(i));
        }
        var tooMany = "{\"invite\":[" + String.join(",", invitees) + "]}";
        assertThat(alice.post(PATH, tooMany)).hasStatus(400).hasErrcode("M_BAD_JSON");
        invitees.removeLast();
        create(alice, "{\"invite\":[" + String.join(",", invitees) + "]}");
        assertThat(joinedRooms(alice)).isEqualTo(1);
    }

    @Test
    void refusesUsersOfServersThatItCannotReach(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(PATH, "{\"invite\":[\"@bob:elsewhere.example\"]}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(joinedRooms(alice)).isZero();
    }

    @Test
    void answersTheOldPathAsWell(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post("/_matrix/client/r0/createRoom", "{}")).isOk();
    }
}
