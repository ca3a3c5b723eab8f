package dev.lares.core.web;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.RawHttp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WebLayer.class)
class BrowserHeadersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/test/anybody",
                "/_matrix/test/whoami",
                "/_matrix/test/broken",
                "/_matrix/test/nothing",
                "/_matrix/test/rooms/!a%FF/event/$c",
                "/.well-known/matrix/client",
                "/health",
            })
    void areOnEveryAnswer(String target, WebLayer server) {
        var response = server.get(target);
        assertThat(response)
                .hasHeader("Access-Control-Allow-Origin", "*")
                .hasHeader("X-Content-Type-Options", "nosniff")
                .hasHeader("Referrer-Policy", "no-referrer");
        assertThat(response.headers().get("Cache-Control")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/test/anybody",
                "/_matrix/test/whoami",
                "/_matrix/client/v3/nothing",
                "/_matrix/test/broken",
                "/.well-known/matrix/client",
            })
    void answerAPreflightWithoutRunningTheEndpoint(String target, WebLayer server) {
        var headers =
                Map.of(
                        "Origin", "https://app.example.org",
                        "Access-Control-Request-Method", "PUT",
                        "Access-Control-Request-Headers", "authorization,content-type");
        var response = server.send("OPTIONS", target, headers, "");
        assertThat(response)
                .hasStatus(204)
                .hasHeader("Access-Control-Allow-Origin", "*")
                .hasHeader(
                        "Access-Control-Allow-Headers",
                        "X-Requested-With, Content-Type, Authorization, Date");
        assertThat(response.header("Access-Control-Allow-Methods").orElseThrow())
                .contains("GET, HEAD, POST, PUT, DELETE");
    }

    @Test
    void areOnWhatTheContainerCannotEvenParse(WebLayer server) {
        try (var connection = new RawHttp(server.port())) {
            connection.send("NONSENSE\r\n\r\n", new byte[0]);
            var response = connection.receive("GET");
            assertThat(response).hasStatus(400).hasErrcode("M_INVALID_PARAM");
            assertThat(response).hasHeader("Access-Control-Allow-Origin", "*");
        }
    }

    @Test
    void areOnRequestsWhoseHeadIsTooLarge(WebLayer server) {
        var longTarget = "/_matrix/test/anybody?filter=" + "x".repeat(70_000);
        assertThat(server.get(longTarget))
                .hasStatus(414)
                .hasErrcode("M_TOO_LARGE")
                .hasHeader("Access-Control-Allow-Origin", "*");
        var header = Map.of("X-Long", "x".repeat(70_000));
        assertThat(server.send("GET", "/_matrix/test/anybody", header, ""))
                .hasStatus(431)
                .hasErrcode("M_TOO_LARGE")
                .hasHeader("Access-Control-Allow-Origin", "*");
    }

    @Test
    void nameTheRequest(WebLayer server) {
        var one = server.get("/_matrix/test/anybody").header("X-Request-Id").orElseThrow();
        var two = server.get("/_matrix/test/nothing").header("X-Request-Id").orElseThrow();
        assertThat(one).matches("[0-9a-f]{16}").isNotEqualTo(two);
    }
}
