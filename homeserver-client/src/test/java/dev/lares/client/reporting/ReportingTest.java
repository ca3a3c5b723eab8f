package dev.lares.client.reporting;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.id.RoomId;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@HomeserverTest
class ReportingTest {
    private static final String EVENT = "/_matrix/client/v3/rooms/{roomId}/report/{eventId}";
    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}/report";
    private static final String USER = "/_matrix/client/v3/users/{userId}/report";
    private static final String REASON = "{\"reason\":\"spam\"}";

    @Test
    void keepsReportsOfEventsRoomsAndUsers(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var said = alice.say(room, "buy now");
        assertThat(bob.post(EVENT, room.id(), said, "{\"reason\":\"spam\",\"score\":-100}"))
                .isOk()
                .hasJson("{}");
        assertThat(bob.post(EVENT, room.id(), said, "{}")).isOk();
        assertThat(bob.post(ROOM, room.id(), REASON)).isOk().hasJson("{}");
        assertThat(bob.post(USER, alice.id(), "{\"reason\":\"\"}")).isOk().hasJson("{}");
        assertThat(kept(server, bob))
                .containsExactly(
                        "event " + said + " spam",
                        "event " + said + " null",
                        "room " + room.id() + " spam",
                        "user " + alice.id() + " ");
        assertThat(kept(server, alice)).isEmpty();
    }

    @Test
    void needsMembershipAndSightForEvents(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        var other = alice.createRoom().joinedBy(bob);
        alice.sendState(
                room, "m.room.history_visibility", "", "{\"history_visibility\":\"joined\"}");
        var said = alice.say(room, "before bob");
        assertThat(bob.post(EVENT, room.id(), said, REASON))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(bob.post(EVENT, other.id(), said, REASON))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(bob.join(room)).isOk();
        assertThat(bob.post(EVENT, room.id(), said, REASON))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(bob.post(EVENT, room.id(), "$nothing", REASON))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(kept(server, bob)).isEmpty();
    }

    @Test
    void tellsNobodyWhichRoomsAndUsersThereAre(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var hidden = alice.createRoom("{\"preset\":\"private_chat\"}");
        for (var id : List.of("!nowhere:localhost", hidden.id())) {
            assertThat(bob.post(ROOM, id, REASON)).isOk().hasJson("{}");
        }
        for (var id : List.of("@nobody:localhost", "@x:example.org", alice.id())) {
            assertThat(bob.post(USER, id, REASON)).isOk().hasJson("{}");
        }
        assertThat(kept(server, bob))
                .containsExactly("room " + hidden.id() + " spam", "user " + alice.id() + " spam");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | M_BAD_JSON",
                "{\"reason\":null} | M_BAD_JSON",
                "{\"reason\":7} | M_BAD_JSON",
                "{ | M_NOT_JSON",
            })
    void isRefusedWithoutAReason(String body, String code, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.post(ROOM, room.id(), body)).hasStatus(400).hasErrcode(code);
        assertThat(alice.post(USER, alice.id(), body)).hasStatus(400).hasErrcode(code);
        assertThat(kept(server, alice)).isEmpty();
    }

    @Test
    void isRefusedWithAReasonThatIsTooLong(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, "hello");
        var atLimit = "{\"reason\":\"%s\"}".formatted("r".repeat(1_000));
        var beyond = "{\"reason\":\"%s\"}".formatted("r".repeat(1_001));
        assertThat(alice.post(ROOM, room.id(), atLimit)).isOk();
        assertThat(alice.post(EVENT, room.id(), said, atLimit)).isOk();
        for (var answer :
                List.of(
                        alice.post(ROOM, room.id(), beyond),
                        alice.post(USER, alice.id(), beyond),
                        alice.post(EVENT, room.id(), said, beyond))) {
            assertThat(answer).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        }
        assertThat(kept(server, alice)).hasSize(2);
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        for (var answer :
                List.of(
                        server.post(ROOM, "!r:localhost", REASON),
                        server.post(USER, "@u:localhost", REASON),
                        server.post(EVENT, "!r:localhost", "$e", REASON))) {
            assertThat(answer).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        }
    }

    private static List<String> kept(TestHomeserver server, TestUser reporter) {
        var sql =
                """
                SELECT t.room_nid, t.event_nid, t.reason, r.room_id, u.user_id
                FROM report t
                JOIN user_ref b ON b.user_nid = t.reporter_nid
                LEFT JOIN room r ON r.room_nid = t.room_nid
                LEFT JOIN user_ref u ON u.user_nid = t.user_nid
                WHERE b.user_id = :reporter
                ORDER BY t.report_nid
                """;
        var refs = server.bean(RoomRefs.class);
        var events = server.bean(EventReader.class);
        return server.bean(JdbcClient.class)
                .sql(sql)
                .param("reporter", reporter.id())
                .query((row, n) -> {
                    var reason = " " + row.getString("reason");
                    if (row.getString("user_id") != null) {
                        return "user " + row.getString("user_id") + reason;
                    }
                    var roomId = row.getString("room_id");
                    if (row.getObject("event_nid") == null) {
                        return "room " + roomId + reason;
                    }
                    long nid = row.getLong("event_nid");
                    var room = refs.get(new RoomId(roomId));
                    var event = events.find(room, List.of(nid)).get(nid);
                    return "event " + event.eventId() + reason;
                })
                .list();
    }
}
