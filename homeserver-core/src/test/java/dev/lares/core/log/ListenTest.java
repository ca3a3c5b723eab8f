package dev.lares.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The connection on which a replica hears of the others' batches.
@ExtendWith(TestDatabaseExtension.class)
class ListenTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void comesBackAfterItWasCutAndNothingIsMissedMeanwhile(TestDatabase database) throws Exception {
        try (var one = new LogNode(database);
                var two = new LogNode(database)) {
            await().atMost(PATIENCE).until(() -> ears(one).size() == 2);
            for (int cut = 0; cut < 2; cut++) {
                var before = ears(one);
                one.jdbc()
                        .sql(
                                """
                                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                WHERE application_name = 'lares log listen'
                                  AND datname = current_database()
                                """)
                        .query(Boolean.class)
                        .list();
                var written = Appends.row(one);
                assertThat(two.applied().await(written, PATIENCE)).isTrue();
                var back = Appends.row(two);
                assertThat(one.applied().await(back, PATIENCE)).isTrue();
                assertThat(one.applied().current()).isEqualTo(two.applied().current());
                await().atMost(PATIENCE).until(() -> ears(one).size() == 2);
                assertThat(ears(one)).doesNotContainAnyElementsOf(before);
            }
        }
    }

    /// Backends that listen, of both replicas.
    private static Set<Integer> ears(LogNode node) {
        var sql =
                """
                SELECT pid FROM pg_stat_activity
                WHERE application_name = 'lares log listen' AND datname = current_database()
                  AND query = 'LISTEN lares_log' AND state = 'idle'
                """;
        return new TreeSet<>(node.jdbc().sql(sql).query(Integer.class).list());
    }
}
