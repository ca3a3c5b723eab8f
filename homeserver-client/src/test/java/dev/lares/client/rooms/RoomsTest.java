package dev.lares.client.rooms;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class RoomsTest {
    private static final String STATE = "/_matrix/client/v3/rooms/{roomId}/state";
    private static final String KEY = "/_matrix/client/v3/rooms/{roomId}/state/{type}/{key}";
    private static final String EVENT = "/_matrix/client/v3/rooms/{roomId}/event/{eventId}";
    private static final String MEMBERS = "/_matrix/client/v3/rooms/{roomId}/members";
    private static final String JOINED = "/_matrix/client/v3/rooms/{roomId}/joined_members";

    private static List<String> members(TestResponse response) {
        assertThat(response).isOk();
        var users = new ArrayList<String>();
        for (var event : response.json("/chunk")) {
            users.add(event.path("state_key").stringValue());
        }
        return users;
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, "x");
        assertThat(server.get(STATE, room.id())).hasStatus(401);
        assertThat(server.get(KEY, room.id(), "m.room.create", "")).hasStatus(401);
        assertThat(server.get(EVENT, room.id(), said)).hasStatus(401);
        assertThat(server.get(MEMBERS, room.id())).hasStatus(401);
        assertThat(server.get(JOINED, room.id())).hasStatus(401);
    }

    @Test
    void isForbiddenToOutsiders(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{\"invite\":[\"%s\"]}".formatted(bob.id()));
        var said = alice.say(room, "x");
        for (var path : List.of(STATE, STATE + "/m.room.create", MEMBERS, JOINED)) {
            assertThat(bob.get(path, room.id())).hasStatus(403).hasErrcode("M_FORBIDDEN");
            assertThat(bob.get(path, "!nowhere:localhost"))
                    .hasStatus(403)
                    .hasErrcode("M_FORBIDDEN");
        }
        assertThat(bob.get(EVENT, room.id(), said)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(bob.get(EVENT, "!nowhere:localhost", said))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
    }

    @Test
    void showsTheCurrentStateToMembers(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var name = alice.sendState(room, "m.room.name", "", Map.of("name", "Pub"));
        assertThat(alice.get(KEY, room.id(), "m.room.name", ""))
                .isOk()
                .hasJson("{\"name\":\"Pub\"}");
        assertThat(alice.get(STATE + "/m.room.name?format=event", room.id()))
                .isOk()
                .hasJson("/event_id", "\"" + name + "\"")
                .hasJson("/type", "\"m.room.name\"")
                .hasJson("/state_key", "\"\"")
                .hasJson("/room_id", "\"" + room.id() + "\"")
                .hasJson("/content", "{\"name\":\"Pub\"}");
        assertThat(alice.get(STATE + "/m.room.name?format=x", room.id()))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.get(KEY, room.id(), "m.room.topic", ""))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        var all = alice.get("/_matrix/client/r0/rooms/{r}/state", room.id());
        assertThat(all).isOk();
        assertThat(all.json().size()).isEqualTo(7);
    }

    @Test
    void showsThoseWhoLeftTheStateAsItWas(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob);
        alice.sendState(room, "m.room.name", "", Map.of("name", "before"));
        assertThat(bob.leave(room)).isOk();
        alice.sendState(room, "m.room.name", "", Map.of("name", "after"));
        alice.sendState(room, "m.room.topic", "", Map.of("topic", "after"));
        room.joinedBy(carol);
        assertThat(bob.get(KEY, room.id(), "m.room.name", "")).hasJson("{\"name\":\"before\"}");
        assertThat(bob.get(KEY, room.id(), "m.room.topic", "")).hasStatus(404);
        assertThat(bob.get(KEY, room.id(), "m.room.member", bob.id()))
                .hasJson("/membership", "\"leave\"");
        assertThat(members(bob.get(MEMBERS, room.id())))
                .containsExactlyInAnyOrder(alice.id(), bob.id());
        assertThat(bob.get(JOINED, room.id())).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(alice.get(KEY, room.id(), "m.room.name", "")).hasJson("{\"name\":\"after\"}");
        // A new invitation shows nothing new, and a new join everything.
        assertThat(
                        alice.post(
                                "/_matrix/client/v3/rooms/{r}/invite",
                                room.id(),
                                Map.of("user_id", bob.id())))
                .isOk();
        assertThat(bob.get(KEY, room.id(), "m.room.name", "")).hasJson("{\"name\":\"before\"}");
        assertThat(bob.join(room)).isOk();
        assertThat(bob.get(KEY, room.id(), "m.room.name", "")).hasJson("{\"name\":\"after\"}");
    }

    @Test
    void isOpenToAllWhereTheWorldMayRead(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom("{}");
        alice.sendState(
                room,
                "m.room.history_visibility",
                "",
                Map.of("history_visibility", "world_readable"));
        var said = alice.say(room, "to the world");
        assertThat(bob.get(STATE, room.id())).isOk();
        assertThat(bob.get(EVENT, room.id(), said))
                .isOk()
                .hasJson("/content/body", "\"to the world\"")
                .hasJson("/unsigned/membership", "\"leave\"");
        assertThat(members(bob.get(MEMBERS, room.id()))).containsExactly(alice.id());
    }

    @Test
    void neverOpensAnotherRoomsEvent(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var secret = alice.createRoom("{}");
        var said = alice.say(secret, "secret");
        var room = bob.createRoom();
        assertThat(bob.get(EVENT, room.id(), said)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(bob.get("/_matrix/client/v3/rooms/{r}/context/{e}", room.id(), said))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        // Nor does another spelling of the same hash find one's own.
        var own = bob.say(room, "mine");
        var respelled = own.replace('-', '+').replace('_', '/');
        if (!respelled.equals(own)) {
            assertThat(bob.get(EVENT, room.id(), respelled)).hasStatus(404);
        }
        assertThat(bob.get(EVENT, room.id(), "$nothing")).hasStatus(404);
        assertThat(bob.get(EVENT, room.id(), "nothing"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void filtersMembers(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(bob.leave(room)).isOk();
        alice.post("/_matrix/client/v3/rooms/{r}/invite", room.id(), Map.of("user_id", carol.id()));
        assertThat(members(alice.get(MEMBERS + "?membership=join", room.id())))
                .containsExactly(alice.id());
        assertThat(members(alice.get(MEMBERS + "?not_membership=leave", room.id())))
                .containsExactlyInAnyOrder(alice.id(), carol.id());
        // Together they are an "or".
        assertThat(members(alice.get(MEMBERS + "?membership=leave&not_membership=join", room.id())))
                .containsExactlyInAnyOrder(bob.id(), carol.id());
        assertThat(alice.get(MEMBERS + "?membership=friend", room.id()))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(alice.get(MEMBERS + "?at=nonsense", room.id()))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void showsMembersAsTheyWere(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        var before = alice.sync().string("/next_batch");
        room.joinedBy(bob);
        assertThat(members(alice.get(MEMBERS + "?at={at}", room.id(), before)))
                .containsExactly(alice.id());
        assertThat(members(alice.get(MEMBERS, room.id())))
                .containsExactlyInAnyOrder(alice.id(), bob.id());
    }

    @Test
    void showsTheProfilesOfMembers(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        alice.put(
                "/_matrix/client/v3/rooms/{r}/state/m.room.member/{u}",
                room.id(),
                alice.id(),
                "{\"membership\":\"join\",\"displayname\":\"Alice\",\"avatar_url\":\"mxc://a/b\"}");
        assertThat(alice.get(JOINED, room.id()))
                .isOk()
                .hasJson(
                        "/joined/" + alice.id(),
                        "{\"display_name\":\"Alice\",\"avatar_url\":\"mxc://a/b\"}")
                .hasMember("/joined/" + bob.id());
        assertThat(bob.leave(room)).isOk();
        assertThat(alice.get(JOINED, room.id())).lacksMember("/joined/" + bob.id());
    }
}
