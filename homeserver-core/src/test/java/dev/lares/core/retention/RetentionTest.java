package dev.lares.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import dev.lares.core.log.TestLeases;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.user.UserRefs;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/// What goes by itself, on the database of a running server.
@HomeserverTest
class RetentionTest {
    private JdbcClient jdbc;

    @BeforeEach
    void open(TestHomeserver server) {
        jdbc = server.bean(JdbcClient.class);
    }

    private void sweep(TestHomeserver server) {
        var lease = TestLeases.on(jdbc).tryAcquire("test " + UUID.randomUUID()).orElseThrow();
        server.bean(RetentionWorker.class).sweep(lease);
    }

    @Test
    void isCarriedOutWithoutAnybodyAsking(TestHomeserver server) {
        var meters = server.bean(MeterRegistry.class);
        await().untilAsserted(() ->
                assertThat(meters.find("lares.retention.deleted").counters())
                        .extracting(counter -> counter.getId().getTag("table"))
                        .containsExactlyInAnyOrder(
                                "append_batch",
                                "device_change",
                                "forgotten_room",
                                "openid_token",
                                "push_exception",
                                "transaction_answer",
                                "typing"));
        assertThat(list("SELECT name FROM lease WHERE until_ts > now()")).contains("retention");
    }

    @Test
    void sparesBatchesThatAReaderHasStillToReadAndTheNewest(TestHomeserver server) {
        append(server);
        long unread = head() + 1;
        append(server);
        jdbc.sql("INSERT INTO reader_cursor (reader, pos) VALUES ('test.slow', :pos)")
                .param("pos", unread - 1)
                .update();
        append(server);
        // The server's own reader comes after all of them within a moment.
        long newest = head();
        await().until(() ->
                jdbc.sql("SELECT min(pos) FROM reader_cursor WHERE reader <> 'test.slow'")
                                .query(Long.class)
                                .single()
                        >= newest);
        var all = batches(0);
        sweep(server);
        assertThat(batches(0)).isEqualTo(all);

        jdbc.sql("UPDATE append_batch SET created_at = now() - interval '25 hours'").update();
        sweep(server);
        assertThat(batches(0)).isEqualTo(batches(unread - 1)).hasSizeGreaterThan(1);

        jdbc.sql("DELETE FROM reader_cursor WHERE reader = 'test.slow'").update();
        sweep(server);
        assertThat(batches(0)).containsExactly(newest);
        assertThat(server.bean(AppliedPosition.class).current().value()).isEqualTo(newest);
        append(server);
        assertThat(head()).isGreaterThan(newest);
    }

    @Test
    void endsAnswersToRepeatedRequestsAfterADay(TestHomeserver server) {
        for (var answer : Map.of("old", 25, "young", 23).entrySet()) {
            jdbc.sql(
                            """
                            INSERT INTO transaction_answer (user_nid, scope, endpoint, txn_id, ts)
                            VALUES (-1, '', '', :txn, extract(epoch FROM now()) * 1000 - :hours * 3600000)
                            """)
                    .param("txn", answer.getKey())
                    .param("hours", answer.getValue())
                    .update();
        }
        sweep(server);
        assertThat(list("SELECT txn_id FROM transaction_answer WHERE user_nid = -1"))
                .containsExactly("young");
    }

    @Test
    void remembersForAnHourWhoStoppedTyping(TestHomeserver server) {
        jdbc.sql(
                        """
                        INSERT INTO typing (room_nid, user_nid, until_ts, pos)
                        SELECT -1, user_nid, sign * (extract(epoch FROM now()) * 1000 - minutes * 60000)::bigint, 1
                        FROM (VALUES (1, 1, -1), (2, 1, 59), (3, 1, 61), (4, -1, 59), (5, -1, 61))
                            AS t(user_nid, sign, minutes)
                        """)
                .update();
        sweep(server);
        assertThat(list("SELECT user_nid FROM typing WHERE room_nid = -1 ORDER BY user_nid"))
                .containsExactly("1", "2", "4");
    }

    @Test
    void keepsTheNewestChangeOfDevicesAndTheOthersForNinetyDays(TestHomeserver server) {
        jdbc.sql(
                        """
                        INSERT INTO device_change (user_nid, pos, change, device_ids, created_at)
                        SELECT user_nid, pos, 'rename', '{D}', now() - make_interval(days => days)
                        FROM (VALUES (-1, 1, 100), (-1, 2, 91), (-2, 1, 91), (-2, 2, 89), (-2, 3, 1))
                            AS d(user_nid, pos, days)
                        """)
                .update();
        sweep(server);
        assertThat(
                        list(
                                """
                                SELECT user_nid || ' ' || pos FROM device_change WHERE user_nid < 0
                                ORDER BY user_nid, pos
                                """))
                .containsExactly("-2 2", "-2 3", "-1 2");
    }

    @Test
    void dropsPushExceptionsThatNoCountTakesUp(TestHomeserver server) {
        // Users: 1 reads everything up to 10; 2 the main timeline; 3 the main timeline and the
        // thread up to 5; 4 the thread alone; 5 nothing.
        var hash = "decode(repeat('fb', 32), 'hex')";
        jdbc.sql("INSERT INTO event_ref (event_nid, room_nid, hash) VALUES (-7, -1, " + hash + ")")
                .update();
        var thread = "$" + "-_v7".repeat(10) + "-_s";
        jdbc.sql(
                        """
                        INSERT INTO receipt (room_nid, user_nid, receipt_type, thread_id, event_nid, event_pos, ts, pos)
                        SELECT -1, user_nid, 'm.read', thread, 0, read, 0, 1
                        FROM (VALUES (-1, '', 10), (-2, 'main', 10), (-3, 'main', 10), (-3, :thread, 5),
                                     (-4, :thread, 10)) AS r(user_nid, thread, read)
                        """)
                .param("thread", thread)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO push_exception (user_nid, room_nid, pos, root_nid, notify, highlight)
                        SELECT u, -1, pos, root, 1, 0
                        FROM generate_series(-5, -1) AS u,
                             (VALUES (3, 0), (4, -7), (6, -7), (10, 0), (11, 0)) AS p(pos, root)
                        """)
                .update();
        sweep(server);
        assertThat(
                        list(
                                """
                                SELECT user_nid || ':' || string_agg(pos::text, ' ' ORDER BY pos)
                                FROM push_exception WHERE user_nid < 0 GROUP BY user_nid ORDER BY user_nid
                                """))
                .containsExactly(
                        "-5:3 4 6 10 11", "-4:3 4 6 10 11", "-3:6 11", "-2:4 6 11", "-1:11");
    }

    @Test
    void endsForgettingWithTheNextJoin(TestHomeserver server) {
        // Room 1 was forgotten and joined again, 2 invited again, 3 left once more, 4 neither.
        jdbc.sql(
                        """
                        INSERT INTO forgotten_room (user_nid, room_nid, pos)
                        SELECT -1, room, 5 FROM generate_series(-4, -1) AS room
                        """)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO membership (user_nid, room_nid, pos, event_nid, membership)
                        SELECT -1, room, pos, 0, membership
                        FROM (VALUES (-1, 4, 'leave'), (-1, 6, 'join'), (-1, 7, 'leave'), (-2, 4, 'leave'),
                                     (-2, 6, 'invite'), (-3, 4, 'join'), (-3, 6, 'leave'), (-4, 4, 'leave'))
                            AS m(room, pos, membership)
                        """)
                .update();
        sweep(server);
        assertThat(
                        list(
                                "SELECT room_nid FROM forgotten_room WHERE user_nid = -1 ORDER BY room_nid"))
                .containsExactly("-4", "-3", "-2");
    }

    private static void append(TestHomeserver server) {
        long nid = server.bean(UserRefs.class).intern(new UserId("@alice:retention.example"));
        server.bean(JdbcClient.class)
                .sql(
                        "INSERT INTO account (user_nid, created_ts) VALUES (?, 0) ON CONFLICT DO NOTHING")
                .param(nid)
                .update();
        var row = JsonNodeFactory.instance.objectNode();
        row.put("user_nid", nid).put("room_nid", 0).put("type", "t").put("content", "{}");
        var rows = List.of(new StreamRow("account_data", nid, 0, row));
        var item = new AppendItem(Optional.empty(), List.of(), rows, Optional.empty());
        server.bean(LogWriter.class).append(item, Duration.ofSeconds(10));
    }

    private long head() {
        return jdbc.sql("SELECT max(last_pos) FROM append_batch").query(Long.class).single();
    }

    private List<Long> batches(long after) {
        return jdbc.sql("SELECT last_pos FROM append_batch WHERE last_pos > ? ORDER BY last_pos")
                .param(after)
                .query(Long.class)
                .list();
    }

    private List<String> list(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}
