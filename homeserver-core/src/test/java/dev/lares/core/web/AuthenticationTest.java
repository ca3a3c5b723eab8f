package dev.lares.core.web;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lares.core.testing.TestResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@ExtendWith(WebLayer.class)
class AuthenticationTest {
    private static TestResponse get(WebLayer server, String path, String token) {
        return server.send(
                "GET", "/_matrix/test/" + path, Map.of("Authorization", "Bearer " + token), "");
    }

    @Test
    void takesATokenFromTheHeader(WebLayer server) {
        assertThat(get(server, "whoami", WebLayer.TOKEN))
                .isOk()
                .hasJson("{\"what\":\"@alice:localhost\"}");
        var lowerCase = Map.of("authorization", "bearer " + WebLayer.TOKEN);
        assertThat(server.send("GET", "/_matrix/test/whoami", lowerCase, "")).isOk();
    }

    @Test
    void takesATokenFromTheQuery(WebLayer server) {
        assertThat(server.get("/_matrix/test/whoami?access_token=" + WebLayer.TOKEN))
                .isOk()
                .hasJson("{\"what\":\"@alice:localhost\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "alices-token", ""})
    void missesATokenInAnyOtherHeader(String header, WebLayer server) {
        assertThat(server.send("GET", "/_matrix/test/whoami", Map.of("Authorization", header), ""))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void missesAToken(WebLayer server) {
        assertThat(server.get("/_matrix/test/whoami")).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        assertThat(server.get("/_matrix/test/admins")).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void doesNotKnowAToken(WebLayer server) {
        assertThat(get(server, "whoami", "nonsense"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN")
                .lacksMember("/soft_logout");
    }

    @ParameterizedTest
    @CsvSource({"soft", "expired"})
    void saysThatASessionMayBeTakenUpAgain(String token, WebLayer server) {
        assertThat(get(server, "whoami", token))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN")
                .hasJson("/soft_logout", "true");
    }

    @Test
    void letsLockedUsersOnlyLogOut(WebLayer server) {
        assertThat(get(server, "whoami", "locked"))
                .hasStatus(401)
                .hasErrcode("M_USER_LOCKED")
                .hasJson("/soft_logout", "true");
        var headers = Map.of("Authorization", "Bearer locked");
        assertThat(server.send("POST", "/_matrix/test/logout", headers, "")).isOk().hasJson("{}");
    }

    @Test
    void refusesDeactivatedUsers(WebLayer server) {
        assertThat(get(server, "whoami", "deactivated"))
                .hasStatus(403)
                .hasErrcode("M_USER_DEACTIVATED");
    }

    @Test
    void letsGuestsOnlyWhereTheyMay(WebLayer server) {
        assertThat(get(server, "guests", "guest")).isOk();
        assertThat(get(server, "whoami", "guest"))
                .hasStatus(403)
                .hasErrcode("M_GUEST_ACCESS_FORBIDDEN");
    }

    @Test
    void letsAdministratorsAloneWhereNobodyElseMay(WebLayer server) {
        assertThat(get(server, "admins", "admin")).isOk();
        assertThat(get(server, "admins", WebLayer.TOKEN)).hasStatus(403).hasErrcode("M_FORBIDDEN");
    }

    @Test
    void looksAtAnOptionalTokenWhereThereIsOne(WebLayer server) {
        assertThat(server.get("/_matrix/test/anybody")).isOk().hasJson("{\"what\":\"\"}");
        assertThat(get(server, "anybody", WebLayer.TOKEN))
                .hasJson("{\"what\":\"\",\"more\":\"@alice:localhost\"}");
        assertThat(get(server, "anybody", "nonsense")).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
    }

    @Test
    void answersAParkedRequest(WebLayer server) {
        assertThat(get(server, "later", WebLayer.TOKEN))
                .isOk()
                .hasJson("{\"what\":\"@alice:localhost\"}");
    }

    @Test
    void believesProxiesOnlyAboutTheLastForeignAddress(WebLayer server) {
        var headers = Map.of("X-Forwarded-For", "6.6.6.6, 203.0.113.9, 10.1.2.3");
        assertThat(server.send("GET", "/_matrix/test/facts", headers, ""))
                .hasJson("{\"what\":\"203.0.113.9\",\"more\":\"localhost\"}");
        var forged = Map.of("X-Forwarded-For", "localhost");
        assertThat(server.send("GET", "/_matrix/test/facts", forged, ""))
                .hasJson("{\"what\":\"127.0.0.1\",\"more\":\"localhost\"}");
    }

    @Test
    void writesNoTokenIntoTheLog(WebLayer server) {
        var logger = (Logger) LoggerFactory.getLogger("dev.lares.access");
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(lines);
        try {
            var ids =
                    Stream.of(
                                    server.get(
                                            "/_matrix/test/whoami?access_token=" + WebLayer.TOKEN),
                                    get(server, "whoami", WebLayer.TOKEN))
                            .map(response -> response.header("X-Request-Id").orElseThrow())
                            .toList();
            // A line is written when its answer has gone out; those of earlier tests may still
            // come.
            await().until(() -> linesOf(ids, lines).size() == 2);
            assertThat(linesOf(ids, lines))
                    .allSatisfy(line -> {
                        assertThat(line.getFormattedMessage())
                                .contains("GET /_matrix/test/whoami 200")
                                .doesNotContain(WebLayer.TOKEN);
                        assertThat(line.getMDCPropertyMap())
                                .containsEntry("user", "@alice:localhost")
                                .containsKey("request");
                    });
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
    }

    private static List<ILoggingEvent> linesOf(
            List<String> requestIds, ListAppender<ILoggingEvent> lines) {
        return List.copyOf(lines.list).stream()
                .filter(line -> requestIds.contains(line.getMDCPropertyMap().get("request")))
                .toList();
    }

    @Test
    void saysNothingOfABug(WebLayer server) {
        var response = server.get("/_matrix/test/broken");
        assertThat(response).hasStatus(500).hasErrcode("M_UNKNOWN");
        assertThat(response.text()).doesNotContain("s3cret");
    }

    @Test
    void saysWhenToComeAgain(WebLayer server) {
        assertThat(server.get("/_matrix/test/limited"))
                .hasStatus(429)
                .hasErrcode("M_LIMIT_EXCEEDED")
                .hasJson("/retry_after_ms", "1001")
                .hasHeader("Retry-After", "2");
    }
}
