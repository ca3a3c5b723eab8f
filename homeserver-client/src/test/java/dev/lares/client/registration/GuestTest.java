package dev.lares.client.registration;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestCaller;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest(properties = "lares.registration.guests=true")
class GuestTest {
    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String OPEN =
            """
            {"preset": "public_chat", "initial_state": [
               {"type": "m.room.guest_access", "content": {"guest_access": "can_join"}},
               {"type": "m.room.history_visibility", "content": {"history_visibility": "world_readable"}}]}
            """;

    private record Guest(TestHomeserver server, String id, String token) {
        static Guest of(TestHomeserver server) {
            var registered = server.post(REGISTER + "?kind=guest", "{}");
            assertThat(registered).isOk();
            return new Guest(
                    server, registered.string("/user_id"), registered.string("/access_token"));
        }

        String name() {
            return id.substring(1, id.indexOf(':'));
        }

        TestResponse get(String path) {
            return server.get(path + (path.contains("?") ? "&" : "?") + "access_token=" + token);
        }

        TestResponse exchange(String method, String path, Object body) {
            return server.exchange(method, path + "?access_token=" + token, body);
        }
    }

    private static String encoded(TestUser creator) {
        return TestCaller.encode(creator.createRoom(OPEN).id());
    }

    @Test
    void looksIntoRoomsWithoutJoining(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom(OPEN);
        var event = alice.say(room, "hello");
        var path = "/_matrix/client/v3/rooms/" + TestCaller.encode(room.id());
        var guest = Guest.of(server);
        var encodedEvent = TestCaller.encode(event);
        for (var what :
                List.of(
                        "/state",
                        "/state/m.room.join_rules",
                        "/members",
                        "/messages?dir=b",
                        "/initialSync",
                        "/event/" + encodedEvent,
                        "/context/" + encodedEvent)) {
            assertThat(guest.get(path + what)).as(what).isOk();
        }
        assertThat(
                        guest.get(
                                "/_matrix/client/v3/events?timeout=0&room_id="
                                        + TestCaller.encode(room.id())))
                .isOk();
        assertThat(guest.get(path + "/joined_members"))
                .hasStatus(403)
                .hasErrcode("M_GUEST_ACCESS_FORBIDDEN");
        assertThat(guest.get("/_matrix/client/v3/initialSync"))
                .hasStatus(403)
                .hasErrcode("M_GUEST_ACCESS_FORBIDDEN");
        alice.sendState(
                room, "m.room.history_visibility", "", Map.of("history_visibility", "shared"));
        assertThat(guest.get(path + "/state")).hasStatus(403).hasErrcode("M_FORBIDDEN");
    }

    @Test
    void namesThemselvesAndNothingElse(TestHomeserver server) {
        var guest = Guest.of(server);
        var profile = "/_matrix/client/v3/profile/" + guest.id() + "/";
        assertThat(guest.exchange("PUT", profile + "displayname", "{\"displayname\":\"Gast\"}"))
                .isOk();
        assertThat(server.get(profile + "displayname")).hasJson("{\"displayname\":\"Gast\"}");
        assertThat(guest.exchange("DELETE", profile + "displayname", "")).isOk();
        assertThat(guest.exchange("PUT", profile + "avatar_url", "{\"avatar_url\":\"mxc://a/b\"}"))
                .hasStatus(403)
                .hasErrcode("M_GUEST_ACCESS_FORBIDDEN");
        assertThat(guest.exchange("DELETE", profile + "avatar_url", ""))
                .hasStatus(403)
                .hasErrcode("M_GUEST_ACCESS_FORBIDDEN");
    }

    @Test
    void becomesAUserAndKeepsNameAndRooms(TestHomeserver server) {
        var alice = server.register("alice");
        var room = encoded(alice);
        var guest = Guest.of(server);
        assertThat(guest.exchange("POST", "/_matrix/client/v3/rooms/" + room + "/join", "{}"))
                .isOk();
        var request =
                "{\"username\":\"%s\",\"password\":\"correct horse battery staple\","
                        + "\"guest_access_token\":\"%s\"%s}";
        var first = server.post(REGISTER, request.formatted(guest.name(), guest.token(), ""));
        assertThat(first).hasStatus(401);
        var auth =
                ",\"auth\":{\"type\":\"m.login.dummy\",\"session\":\"%s\"}"
                        .formatted(first.string("/session"));
        var user = server.post(REGISTER, request.formatted(guest.name(), guest.token(), auth));
        assertThat(user).isOk().hasJson("/user_id", "\"" + guest.id() + "\"");
        for (var token : List.of(guest.token(), user.string("/access_token"))) {
            assertThat(server.get("/_matrix/client/v3/account/whoami?access_token={t}", token))
                    .hasJson("/is_guest", "false");
            assertThat(server.get("/_matrix/client/v3/joined_rooms?access_token={t}", token))
                    .isOk()
                    .hasMember("/joined_rooms/0");
        }
        assertThat(
                        server.post(
                                "/_matrix/client/v3/login",
                                Map.of(
                                        "type",
                                        "m.login.password",
                                        "identifier",
                                        Map.of("type", "m.id.user", "user", guest.id()),
                                        "password",
                                        "correct horse battery staple")))
                .isOk();
        // Once is enough.
        assertThat(server.post(REGISTER, request.formatted(guest.name(), guest.token(), "")))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void takesNobodyElsesName(TestHomeserver server) {
        var guest = Guest.of(server);
        var other = Guest.of(server);
        var alice = server.register("alice");
        var request =
                "{\"username\":\"%s\",\"password\":\"correct horse battery staple\","
                        + "\"guest_access_token\":\"%s\"}";
        for (var attempt :
                List.of(
                        request.formatted(other.name(), guest.token()),
                        request.formatted("new-name", guest.token()),
                        request.formatted(alice.localpart(), alice.accessToken()),
                        request.formatted(guest.name(), "nonsense"))) {
            assertThat(server.post(REGISTER, attempt)).hasStatus(403).hasErrcode("M_FORBIDDEN");
        }
        assertThat(
                        server.post(
                                REGISTER,
                                "{\"password\":\"correct horse battery staple\",\"guest_access_token\":\"%s\"}"
                                        .formatted(guest.token())))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        assertThat(guest.get("/_matrix/client/v3/account/whoami")).hasJson("/is_guest", "true");
    }
}
