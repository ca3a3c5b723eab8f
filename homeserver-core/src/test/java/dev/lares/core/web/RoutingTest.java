package dev.lares.core.web;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WebLayer.class)
class RoutingTest {
    @ParameterizedTest
    @CsvSource({
        "%21room%3Alocalhost, %24event, !room:localhost, $event",
        "!room:localhost, $a%2Fb, !room:localhost, $a/b",
        "!room:localhost, $a%2fb%2F, !room:localhost, $a/b/",
        "!a;b:localhost, $a;b;c, !a;b:localhost, $a;b;c",
        "!a%3Bb:localhost, $a%3bb, !a;b:localhost, $a;b",
        "!a%25b, $100%2541, !a%b, $100%41",
        "!a%5Cb, $a%5cb, !a\\b, $a\\b",
        "!a%3Fb, $a%23b, !a?b, $a#b",
        "!a+b, $a%20b, !a+b, $a b",
        "!%C3%A4, $%F0%9F%98%80, !ä, $😀",
        "!a%7B, $a%22, !a{, '$a\"'",
        "!a, $%2E%2E, !a, $..",
    })
    void passesIdentifiersAsTheyWereSent(
            String room, String event, String roomId, String eventId, WebLayer server) {
        var response = server.get("/_matrix/test/rooms/" + room + "/event/" + event);
        assertThat(response).isOk();
        assertThat(response.string("/what")).isEqualTo(roomId);
        assertThat(response.string("/more")).isEqualTo(eventId);
    }

    @Test
    void takesATrailingSlashForAnEmptyStateKey(WebLayer server) {
        assertThat(server.send("PUT", "/_matrix/test/state/m.room.name/", "{}"))
                .isOk()
                .hasJson("{\"what\":\"m.room.name\"}");
        assertThat(server.send("PUT", "/_matrix/test/state/m.room.name", "{}"))
                .isOk()
                .hasJson("{\"what\":\"m.room.name\"}");
        assertThat(server.send("PUT", "/_matrix/test/state/m.room.name/k/", "{}"))
                .isOk()
                .hasJson("{\"what\":\"m.room.name\",\"more\":\"k\"}");
    }

    @Test
    void keepsDotsOfAStateKey(WebLayer server) {
        assertThat(server.send("PUT", "/_matrix/test/state/t/%2e%2e", "{}"))
                .hasJson("{\"what\":\"t\",\"more\":\"..\"}");
        assertThat(server.send("PUT", "/_matrix/test/state/t/%2E", "{}"))
                .hasJson("{\"what\":\"t\",\"more\":\".\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/test/rooms/!a%00b/event/$c",
                "/_matrix/test/rooms/!a/event/$%00",
                "/_matrix/test/rooms/a/event/$c",
                "/_matrix/test/rooms/!/event/$c",
                "/_matrix/test/rooms/!a/event/c",
                "/_matrix/test/join/nothing?limit=1",
                "/_matrix/test/join/!a?limit=1&from=bob",
                "/_matrix/test/join/!a?limit=one",
                "/_matrix/test/join/!a?limit=",
                "/_matrix/test/join/!a?limit=99999999999",
                "/_matrix/test/join/!a?limit=1&order=sideways",
                "/_matrix/test/join/!a?limit=1&from=@b%00:c",
                "/_matrix/test/join/!a?limit=1&from=@b%FF:c",
                "/_matrix/test/join/!a?limit=1&from=@b%zz:c",
                "/_matrix/test/join/!a?limit=1&x=%",
                "/_matrix/test/state/a%00b?x=%00",
                "/_matrix/test/rooms/!a%FF/event/$c",
                "/_matrix/test/rooms/!a%C3/event/$c",
                "/_matrix/test/rooms/!a%ED%A0%80/event/$c",
                "/_matrix/test/rooms/!a%zz/event/$c",
                "/_matrix/test/rooms/!a%/event/$c",
            })
    void refusesWhatIsNoIdentifierOrNumber(String target, WebLayer server) {
        var method = target.contains("/state/") ? "PUT" : "GET";
        assertThat(server.send(method, target, "")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void namesAMissingParameter(WebLayer server) {
        assertThat(server.get("/_matrix/test/join/!a"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/_matrix/client/v3/nothing",
                "/_matrix/test//kick",
                "//_matrix/test/whoami",
                "/_matrix/test/whoami//",
                "/_matrix/test/../test/whoami",
                "/_matrix/test/rooms//event/$c",
                "/error",
                "/actuator/health",
                "/login",
                "/index.html",
            })
    void saysThatAnEndpointIsUnknown(String target, WebLayer server) {
        assertThat(server.get(target)).hasStatus(404).hasErrcode("M_UNRECOGNIZED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "BREW", "TRACE"})
    void saysThatAMethodIsWrong(String method, WebLayer server) {
        assertThat(server.send(method, "/_matrix/test/anybody", ""))
                .hasStatus(405)
                .hasErrcode("M_UNRECOGNIZED")
                .hasHeader("Access-Control-Allow-Origin", "*");
    }

    @Test
    void answersHead(WebLayer server) {
        assertThat(server.send("HEAD", "/_matrix/test/anybody", "")).isOk();
    }
}
