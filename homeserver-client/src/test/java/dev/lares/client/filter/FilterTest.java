package dev.lares.client.filter;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@HomeserverTest
class FilterTest {
    private static final String PATH = "/_matrix/client/v3/user/{userId}/filter";
    private static final String FILTER =
            """
            {"room":{"timeline":{"limit":5,"types":["m.room.message"]}},"org.example":{"kept":[1]}}
            """;

    private static TestResponse define(TestUser user, String json) {
        return user.post(PATH, user.id(), json);
    }

    private static TestResponse find(TestUser user, String filterId) {
        return user.get(PATH + "/{filterId}", user.id(), filterId);
    }

    private static int stored(TestHomeserver server, TestUser user) {
        return JdbcClient.create(server.database().dataSource())
                .sql(
                        """
                        SELECT count(*) FROM user_filter
                        JOIN user_ref USING (user_nid) WHERE user_id = :userId
                        """)
                .param("userId", user.id())
                .query(Integer.class)
                .single();
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(server.post(PATH, alice.id(), FILTER))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        var id = define(alice, FILTER).string("/filter_id");
        assertThat(server.get(PATH + "/{filterId}", alice.id(), id))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(stored(server, alice)).isEqualTo(1);
    }

    @Test
    void isKeptAsItIs(TestHomeserver server) {
        var alice = server.register("alice");
        var id = define(alice, FILTER).string("/filter_id");
        assertThat(find(alice, id)).isOk().hasJson(FILTER);
        assertThat(alice.get("/_matrix/client/r0/user/{u}/filter/{f}", alice.id(), id)).isOk();
        // Not to be taken for JSON by a sync.
        assertThat(id).doesNotStartWith("{");
    }

    @Test
    void isStoredOnce(TestHomeserver server) {
        var alice = server.register("alice");
        var id = define(alice, "{\"room\":{},\"presence\":{}}").string("/filter_id");
        assertThat(define(alice, "{\"presence\":{},  \"room\":{}}").string("/filter_id"))
                .isEqualTo(id);
        assertThat(define(alice, "{}").string("/filter_id")).isNotEqualTo(id);
        assertThat(stored(server, alice)).isEqualTo(2);
    }

    @Test
    void isForItsUserOnly(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var id = define(alice, FILTER).string("/filter_id");
        assertThat(bob.post(PATH, alice.id(), "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(bob.get(PATH + "/{filterId}", alice.id(), id))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(find(bob, id)).hasStatus(404).hasErrcode("M_NOT_FOUND");
        assertThat(stored(server, alice)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "-1", "nonsense", "99999999999999999999", "1.5"})
    void isNotFoundUnderAnotherId(String filterId, TestHomeserver server) {
        var alice = server.register("alice");
        define(alice, FILTER);
        assertThat(find(alice, filterId)).hasStatus(404).hasErrcode("M_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"room\":7}                                     | M_BAD_JSON",
                "{\"event_fields\":[7]}                           | M_BAD_JSON",
                "{\"event_format\":\"nonsense\"}                  | M_BAD_JSON",
                "{\"room\":{\"timeline\":{\"limit\":-1}}}         | M_BAD_JSON",
                "{\"room\":{\"timeline\":{\"types\":\"m.text\"}}} | M_BAD_JSON",
                "{\"presence\":{\"senders\":[[]]}}                | M_BAD_JSON",
                "{\"room\":{\"include_leave\":\"yes\"}}           | M_BAD_JSON",
                "[]                                               | M_BAD_JSON",
                "nonsense                                         | M_NOT_JSON",
            })
    void isRefusedWhereItIsNone(String json, String code, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(define(alice, json)).hasStatus(400).hasErrcode(code);
        assertThat(stored(server, alice)).isZero();
    }

    @Test
    void isRefusedAboveItsSize(TestHomeserver server) {
        var alice = server.register("alice");
        var atLimit = "{\"x\":\"" + "y".repeat(65_536 - 8) + "\"}";
        assertThat(define(alice, atLimit.replace("yy\"", "yyy\"")))
                .hasStatus(413)
                .hasErrcode("M_TOO_LARGE");
        assertThat(stored(server, alice)).isZero();
        assertThat(define(alice, atLimit)).isOk();
    }

    @Test
    void isRefusedAboveTheirNumber(TestHomeserver server) {
        var alice = server.register("alice");
        var first = define(alice, FILTER).string("/filter_id");
        JdbcClient.create(server.database().dataSource())
                .sql(
                        """
                        INSERT INTO user_filter (user_nid, filter_id, hash, json)
                        SELECT user_nid, n, sha256(n::text::bytea), '{}'
                        FROM user_ref, generate_series(100, 1097) n WHERE user_id = :userId
                        """)
                .param("userId", alice.id())
                .update();
        assertThat(define(alice, "{\"room\":{}}")).isOk();
        assertThat(stored(server, alice)).isEqualTo(1_000);
        assertThat(define(alice, "{\"presence\":{}}"))
                .hasStatus(403)
                .hasErrcode("M_RESOURCE_LIMIT_EXCEEDED");
        assertThat(define(alice, FILTER)).isOk().hasJson("/filter_id", "\"" + first + "\"");
        assertThat(stored(server, alice)).isEqualTo(1_000);
    }
}
