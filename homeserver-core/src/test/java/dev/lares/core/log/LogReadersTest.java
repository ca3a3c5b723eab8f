package dev.lares.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(TestDatabaseExtension.class)
class LogReadersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JdbcClient jdbc;

    LogReadersTest(TestDatabase database) {
        jdbc = JdbcClient.create(database.dataSource());
    }

    /// Fails on some positions for ever.
    private static class Recorder implements LogReader {
        private final String name;
        private final LinkedBlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        private final List<Long> bad = new CopyOnWriteArrayList<>();

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Start start() {
            return Start.OLDEST;
        }

        @Override
        public void read(AppliedBatch batch, Lease lease) throws Exception {
            long last = batch.last().value();
            if (bad.contains(last)) {
                throw new IllegalStateException("poison");
            }
            seen.add(last);
        }

        Long next() throws InterruptedException {
            return seen.poll(10, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void forget() {
        jdbc.sql("TRUNCATE reader_cursor, reader_poison, append_batch, account_data, lease")
                .update();
    }

    @Test
    void goOnWhereTheyWereAndSetPoisonAside(TestDatabase database) throws Exception {
        var recorder = new Recorder("test.recorder");
        long poisoned;
        try (var node = LogNode.with(database, LogReader.class, List.of(recorder))) {
            long first = Appends.row(node).value();
            assertThat(recorder.next()).isEqualTo(first);
            poisoned = first + 1;
            recorder.bad.add(poisoned);
            assertThat(Appends.row(node).value()).isEqualTo(poisoned);
            long third = Appends.row(node).value();
            assertThat(recorder.next()).isEqualTo(third);
            assertThat(
                            node.bean(MeterRegistry.class)
                                    .get("lares.reader.poison")
                                    .tag("reader", "test.recorder")
                                    .counter()
                                    .count())
                    .isOne();
        }
        try (var node = LogNode.with(database, LogReader.class, List.of(recorder))) {
            long fourth = Appends.row(node).value();
            assertThat(recorder.next()).isEqualTo(fourth);
            assertThat(poison())
                    .containsExactly(
                            "test.recorder "
                                    + poisoned
                                    + " java.lang.IllegalStateException: poison");
        }
    }

    @Test
    void doNotWaitForOneAnother(TestDatabase database) throws Exception {
        var release = new CountDownLatch(1);
        Recorder stuck =
                new Recorder("test.stuck") {
                    @Override
                    public void read(AppliedBatch batch, Lease lease) throws Exception {
                        release.await();
                        super.read(batch, lease);
                    }
                };
        var free = new Recorder("test.free");
        try (var node = LogNode.with(database, LogReader.class, List.of(stuck, free))) {
            var written = List.of(Appends.row(node), Appends.row(node), Appends.row(node));
            for (var position : written) {
                assertThat(free.next()).isEqualTo(position.value());
            }
            await().atMost(PATIENCE).until(() -> cursor("test.free") == written.getLast().value());
            assertThat(stuck.seen).isEmpty();
            assertThat(cursor("test.stuck")).isZero();
            release.countDown();
            for (var position : written) {
                assertThat(stuck.next()).isEqualTo(position.value());
            }
        }
    }

    @Test
    void seeAgainWhatTheyReadAfterTheCursorWasLastWritten(TestDatabase database) throws Exception {
        var recorder = new Recorder("test.recorder");
        long first;
        long second;
        long third;
        try (var node = LogNode.with(database, LogReader.class, List.of(recorder))) {
            first = Appends.row(node).value();
            second = Appends.row(node).value();
            third = Appends.row(node).value();
            assertThat(List.of(recorder.next(), recorder.next(), recorder.next()))
                    .containsExactly(first, second, third);
        }
        // As a crash would have left it.
        jdbc.sql("UPDATE reader_cursor SET pos = ? WHERE reader = 'test.recorder'")
                .param(first)
                .update();
        try (var node = LogNode.with(database, LogReader.class, List.of(recorder))) {
            assertThat(List.of(recorder.next(), recorder.next())).containsExactly(second, third);
            long fourth = Appends.row(node).value();
            assertThat(recorder.next()).isEqualTo(fourth);
            assertThat(recorder.seen).isEmpty();
        }
    }

    @Test
    void writeTheirCursorsAtMostOnceASecond(TestDatabase database) throws Exception {
        jdbc.sql(
                        """
                        CREATE TABLE cursor_write (reader text, pos bigint, at timestamptz DEFAULT clock_timestamp());
                        CREATE FUNCTION cursor_write() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            INSERT INTO cursor_write (reader, pos) VALUES (NEW.reader, NEW.pos);
                            RETURN NULL;
                        END
                        $$;
                        CREATE TRIGGER cursor_write AFTER UPDATE ON reader_cursor
                            FOR EACH ROW EXECUTE FUNCTION cursor_write();
                        """)
                .update();
        var one = new Recorder("test.one");
        var two = new Recorder("test.two");
        try (var node = LogNode.with(database, LogReader.class, List.of(one, two))) {
            while (writes() < 3) {
                long position = Appends.row(node).value();
                assertThat(one.next()).isEqualTo(position);
                assertThat(two.next()).isEqualTo(position);
            }
            // All readers' in one transaction, and those a second apart.
            var closest =
                    """
                    SELECT extract(epoch FROM min(at - before)) FROM (
                        SELECT min(at) AS at, lag(min(at)) OVER (ORDER BY min(at)) AS before
                        FROM cursor_write GROUP BY xmin::text) x
                    """;
            assertThat(jdbc.sql(closest).query(Double.class).single()).isGreaterThanOrEqualTo(0.99);
        } finally {
            jdbc.sql(
                            "DROP TRIGGER cursor_write ON reader_cursor; DROP FUNCTION cursor_write; DROP TABLE cursor_write")
                    .update();
        }
    }

    @Test
    void leaveABatchToWhoeverHasTakenOver(TestDatabase database) throws Exception {
        var lost = new AtomicBoolean();
        Recorder recorder =
                new Recorder("test.recorder") {
                    @Override
                    public void read(AppliedBatch batch, Lease lease) throws Exception {
                        if (lost.compareAndSet(false, true)) {
                            throw new LostLeaseException(lease);
                        }
                        super.read(batch, lease);
                    }
                };
        try (var node = LogNode.with(database, LogReader.class, List.of(recorder))) {
            long first = Appends.row(node).value();
            assertThat(recorder.next()).isEqualTo(first);
            assertThat(poison()).isEmpty();
        }
    }

    private int writes() {
        return jdbc.sql("SELECT count(*) FROM cursor_write WHERE reader = 'test.one'")
                .query(Integer.class)
                .single();
    }

    private List<String> poison() {
        return jdbc.sql("SELECT reader || ' ' || pos || ' ' || error FROM reader_poison")
                .query(String.class)
                .list();
    }

    private long cursor(String reader) {
        return jdbc.sql("SELECT pos FROM reader_cursor WHERE reader = ?")
                .param(reader)
                .query(Long.class)
                .single();
    }
}
