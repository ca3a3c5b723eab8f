package dev.lares.client.todevice;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.CountedStatements;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@HomeserverTest(with = CountedStatements.Setup.class)
class ToDeviceTest {
    private static final String PATH = "/_matrix/client/v3/sendToDevice/{eventType}/{txnId}";

    @Test
    void reachesOneDeviceInTheOrderOfSending(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var other = bob.login();
        assertThat(send(alice, bob, bob.deviceId(), "t1", "{\"n\":1.5}")).isOk().hasJson("{}");
        assertThat(send(alice, bob, bob.deviceId(), "t2", "{\"n\":2}")).isOk();
        assertThat(bob.sync())
                .isOk()
                .hasJson(
                        "/to_device/events",
                        """
                        [{"type": "org.x", "sender": "%s", "content": {"n": 1.5}},
                         {"type": "org.x", "sender": "%s", "content": {"n": 2}}]
                        """
                                .formatted(alice.id(), alice.id()));
        assertThat(other.sync()).isOk().lacksMember("/to_device");
        assertThat(alice.sync()).isOk().lacksMember("/to_device");
    }

    @Test
    void reachesAllDevices(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var other = bob.login();
        assertThat(send(alice, bob, "*", "t1", "{\"n\":1}")).isOk();
        assertThat(numbers(bob.sync())).containsExactly(1);
        assertThat(numbers(other.sync())).containsExactly(1);
    }

    @Test
    void isSentOnceHoweverOftenItIsAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        for (int i = 0; i < 3; i++) {
            assertThat(send(alice, bob, "*", "same", "{\"n\":1}")).isOk().hasJson("{}");
        }
        assertThat(send(alice.login(), bob, "*", "same", "{\"n\":2}")).isOk();
        assertThat(numbers(bob.sync())).containsExactly(1, 2);
    }

    @Test
    void isDeliveredUntilTheNextTokenAcknowledgesIt(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var since = bob.sync().string("/next_batch");
        assertThat(send(alice, bob, "*", "t1", "{\"n\":1}")).isOk();
        var first = bob.syncSince(since);
        assertThat(numbers(first)).containsExactly(1);
        assertThat(numbers(bob.syncSince(since))).containsExactly(1);
        assertThat(numbers(bob.sync())).containsExactly(1);
        assertThat(numbers(bob.syncSince(first.string("/next_batch")))).isEmpty();
        assertThat(waiting(server, bob)).isZero();
        assertThat(numbers(bob.syncSince(since))).isEmpty();
    }

    @Test
    void isNotAcknowledgedByTheTokenOfAnotherDevice(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var other = bob.login();
        assertThat(send(alice, bob, "*", "t1", "{\"n\":1}")).isOk();
        var token = bob.sync().string("/next_batch");
        assertThat(numbers(other.syncSince(token))).containsExactly(1);
        assertThat(numbers(bob.sync())).containsExactly(1);
    }

    @Test
    void comesInAnswersOfAHundred(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var since = bob.sync().string("/next_batch");
        for (int i = 0; i < 230; i++) {
            assertThat(send(alice, bob, bob.deviceId(), "t" + i, "{\"n\":%d}".formatted(i))).isOk();
        }
        var all = new ArrayList<Integer>();
        for (int expected : new int[] {100, 100, 30, 0}) {
            var lost = bob.syncSince(since);
            var answer = bob.syncSince(since);
            assertThat(numbers(answer)).hasSize(expected).isEqualTo(numbers(lost));
            all.addAll(numbers(answer));
            since = answer.string("/next_batch");
        }
        for (int i = 0; i < 230; i++) {
            assertThat(all.get(i)).isEqualTo(i);
        }
        assertThat(waiting(server, bob)).isZero();
    }

    @Test
    void isReadAtTheOtherReplica(TestHomeserver server) {
        var replica = server.replica(List.of());
        try {
            var alice = server.register("alice");
            var bob = server.register("bob");
            var since = bob.at(replica).sync().string("/next_batch");
            assertThat(send(alice, bob, "*", "t1", "{\"n\":1}")).isOk();
            var told = bob.syncSince(since);
            assertThat(numbers(told)).containsExactly(1);
            // The token holds the other one up until it has applied what is in it.
            assertThat(numbers(bob.at(replica).syncSince(told.string("/next_batch")))).isEmpty();
            assertThat(waiting(server, bob)).isZero();
        } finally {
            replica.stop();
        }
    }

    @Test
    void wakesWhoWaits(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var since = bob.sync().string("/next_batch");
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting =
                    executor.submit(() ->
                            bob.get("/_matrix/client/v3/sync?timeout=60000&since={since}", since));
            assertThat(send(alice, bob, "*", "t1", "{\"n\":1}")).isOk();
            assertThat(numbers(waiting.get(30, TimeUnit.SECONDS))).containsExactly(1);
        }
    }

    @Test
    void goesToAThousandAtOnce(TestHomeserver server) {
        var alice = server.register("alice");
        var first = server.register("first");
        var devices = new HashMap<String, Object>();
        for (int i = 0; i < 999; i++) {
            devices.put("unknown-" + i, Map.of("n", i));
        }
        devices.put(first.deviceId(), Map.of("n", 7));
        var users = new HashMap<String, Object>();
        users.put(first.id(), devices);
        users.put("@nobody:localhost", Map.of("*", Map.of("n", 1)));
        users.put("@elsewhere:example.org", Map.of("*", Map.of("n", 1)));
        assertThat(alice.put(PATH, "org.x", "t1", Map.of("messages", users))).isOk();
        assertThat(numbers(first.sync())).containsExactly(7);
        assertThat(waiting(server, first)).isEqualTo(1);
    }

    @Test
    void goesWithTheSession(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var other = bob.login();
        assertThat(send(alice, bob, "*", "t1", "{\"n\":1}")).isOk();
        assertThat(waiting(server, bob)).isEqualTo(2);
        assertThat(other.post("/_matrix/client/v3/logout", "{}")).isOk();
        assertThat(waiting(server, bob)).isEqualTo(1);
        assertThat(bob.post("/_matrix/client/v3/logout/all", "{}")).isOk();
        assertThat(waiting(server, bob)).isZero();
    }

    @Test
    void costsNoStatementWhereNothingCame(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        assertThat(send(alice, bob, "*", "t1", "{\"n\":1}")).isOk();
        var since = bob.sync().string("/next_batch");
        since = bob.syncSince(since).string("/next_batch");
        assertThat(numbers(bob.syncSince(since))).isEmpty();
        var statements = server.bean(CountedStatements.class);
        statements.take();
        for (int i = 0; i < 3; i++) {
            since = bob.syncSince(since).string("/next_batch");
        }
        assertThat(statements.take()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | M_BAD_JSON",
                "{\"messages\":[]} | 400 | M_BAD_JSON",
                "{\"messages\":{\"@a:localhost\":1}} | 400 | M_BAD_JSON",
                "{\"messages\":{\"@a:localhost\":{\"D\":\"x\"}}} | 400 | M_BAD_JSON",
                "{\"messages\":{\"alice\":{\"D\":{}}}} | 400 | M_INVALID_PARAM",
                "{\"messages\":{\"@a:localhost\":{\"\":{}}}} | 400 | M_INVALID_PARAM",
                "{ | 400 | M_NOT_JSON",
            })
    void isRefusedWhereItIsMalformed(String body, int status, String code, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.put(PATH, "org.x", "t1", body)).hasStatus(status).hasErrcode(code);
    }

    @Test
    void isRefusedAboveItsSizeAndThenNothingIsSent(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var atLimit = "{\"x\":\"" + "y".repeat(65_536 - 8) + "\"}";
        assertThat(send(alice, bob, "*", "t1", atLimit)).isOk();
        assertThat(send(alice, bob, "*", "t2", atLimit.replace("yy\"", "yyy\"")))
                .hasStatus(413)
                .hasErrcode("M_TOO_LARGE");
        assertThat(alice.put(PATH, "t".repeat(256), "t3", "{\"messages\":{}}"))
                .hasStatus(413)
                .hasErrcode("M_TOO_LARGE");
        assertThat(alice.put(PATH, "org.x", "t".repeat(256), "{\"messages\":{}}"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(waiting(server, bob)).isEqualTo(1);
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.put(PATH, "org.x", "t1", "{\"messages\":{}}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    private static TestResponse send(
            TestUser from, TestUser to, String device, String txnId, String content) {
        return from.put(
                PATH,
                "org.x",
                txnId,
                "{\"messages\":{\"%s\":{\"%s\":%s}}}".formatted(to.id(), device, content));
    }

    private static List<Integer> numbers(TestResponse sync) {
        assertThat(sync).isOk();
        var numbers = new ArrayList<Integer>();
        for (var event : sync.json().path("to_device").path("events")) {
            numbers.add(event.path("content").path("n").intValue());
        }
        return numbers;
    }

    private static int waiting(TestHomeserver server, TestUser user) {
        var sql =
                """
                SELECT count(*) FROM to_device m JOIN user_ref u ON u.user_nid = m.user_nid
                WHERE u.user_id = :user
                """;
        return server.bean(JdbcClient.class)
                .sql(sql)
                .param("user", user.id())
                .query(Integer.class)
                .single();
    }
}
