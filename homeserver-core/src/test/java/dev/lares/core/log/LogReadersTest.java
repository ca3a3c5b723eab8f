package dev.lares.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabaseExtension.class)
class LogReadersTest {
    /// Fails on one position for ever.
    private static final class Recorder implements LogReader {
        private final LinkedBlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        private final List<Long> bad = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "test.recorder";
        }

        @Override
        public Start start() {
            return Start.OLDEST;
        }

        @Override
        public void read(AppliedBatch batch, Lease lease) {
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

    @Test
    void goOnWhereTheyWereAndSetPoisonAside(TestDatabase database) throws Exception {
        var recorder = new Recorder();
        long first;
        long poisoned;
        long third;
        try (var node = LogNode.with(database, LogReader.class, recorder)) {
            first = Appends.row(node).value();
            assertThat(recorder.next()).isEqualTo(first);
            poisoned = first + 1;
            recorder.bad.add(poisoned);
            assertThat(Appends.row(node).value()).isEqualTo(poisoned);
            third = Appends.row(node).value();
            assertThat(recorder.next()).isEqualTo(third);
        }
        try (var node = LogNode.with(database, LogReader.class, recorder)) {
            long fourth = Appends.row(node).value();
            assertThat(recorder.next()).isEqualTo(fourth);
            assertThat(
                            node.jdbc()
                                    .sql("SELECT reader || ' ' || pos FROM reader_poison")
                                    .query(String.class)
                                    .list())
                    .containsExactly("test.recorder " + poisoned);
        }
    }
}
