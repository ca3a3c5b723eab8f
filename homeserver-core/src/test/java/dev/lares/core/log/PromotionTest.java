package dev.lares.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lares.core.position.PositionTokens;
import dev.lares.core.postgres.TestCluster;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An asynchronous standby takes the primary's place and has not got its newest positions.
class PromotionTest {
    private static final long STEP = 1L << 32;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void losesNoLaterRowForAClientThatHasSeenTheLostOnes(@TempDir Path directory) throws Exception {
        try (var primary = TestCluster.create(directory.resolve("primary"))) {
            primary.start();
            primary.execute("postgres", "CREATE DATABASE lares");
            var onPrimary = TestDatabase.migrated(primary.jdbcUrl("lares"));
            try (var node = new LogNode(onPrimary)) {
                Appends.row(node);
            }
            primary.stop();
            try (var standby = primary.standby(directory.resolve("standby"))) {
                primary.start();
                standby.start();
                Position replicated;
                Position seen;
                String token;
                try (var node = new LogNode(onPrimary)) {
                    replicated = Appends.row(node);
                    await().atMost(PATIENCE).until(() -> head(standby) == replicated.value());
                    assertThatThrownBy(() -> new LogNode(TestDatabase.at(standby.jdbcUrl("lares"))))
                            .rootCause()
                            .isInstanceOf(UnsafeDatabaseException.class)
                            .hasMessageContaining("standby");
                    // From here on the standby hears nothing.
                    standby.stop();
                    Appends.row(node);
                    seen = Appends.row(node);
                    token = node.bean(PositionTokens.class).sync(seen, 0, Optional.empty());
                }
                primary.kill();
                standby.start();
                assertThat(head(standby)).isEqualTo(replicated.value());
                standby.promote();

                try (var node = new LogNode(TestDatabase.at(standby.jdbcUrl("lares")))) {
                    assertThat(node.applied().current().value())
                            .isEqualTo(replicated.value() + STEP);
                    var later = Appends.row(node);
                    assertThat(later.value()).isEqualTo(replicated.value() + STEP + 1);
                    // The client's token is good, and the new row lies behind it.
                    var since =
                            node.bean(PositionTokens.class)
                                    .readSync(token, Optional.empty())
                                    .position();
                    assertThat(since).isEqualTo(seen);
                    assertThat(node.applied().await(since, Duration.ZERO)).isTrue();
                    assertThat(node.bean(LogHead.class).hasLost(since)).isFalse();
                    assertThat(rowsBehind(node, since)).containsExactly(later.value());
                    // It goes on as if nothing had been, without another step.
                    assertThat(Appends.row(node).value()).isEqualTo(later.value() + 1);
                }
            }
        }
    }

    private static long head(TestCluster cluster) {
        var database = TestDatabase.at(cluster.jdbcUrl("lares"));
        return JdbcClient.create(database.dataSource())
                .sql("SELECT coalesce(max(last_pos), 0) FROM append_batch")
                .query(Long.class)
                .single();
    }

    private static List<Long> rowsBehind(LogNode node, Position since) {
        return node.jdbc()
                .sql("SELECT pos FROM account_data WHERE pos > ?")
                .param(since.value())
                .query(Long.class)
                .list();
    }
}
