package dev.lares.client.sync;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.id.DeviceId;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestHomeserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A client comes with a token of a replica that is ahead of this one.
class SyncAheadTest {
    @Test
    void isToldToComeAgainUntilThisReplicaIsThereToo() throws Exception {
        try (var server = TestHomeserver.start(TestDatabase.create(), List.of(), List.of())) {
            var alice = server.register("alice");
            var room = alice.createRoom();
            var before = alice.sync().json().path("next_batch").stringValue();
            var event = alice.say(room, "hello");
            var applied = server.bean(AppliedPosition.class);
            long head = applied.current().value();
            // A batch that this replica cannot apply, since one before it is missing here.
            insertBatch(server, head + 10, head + 10);
            var ahead =
                    server.bean(PositionTokens.class)
                            .sync(
                                    new Position(head + 10),
                                    0,
                                    Optional.of(new DeviceId(alice.deviceId())));

            assertThat(alice.syncSince(ahead)).hasStatus(503).hasErrcode("M_UNKNOWN");
            // It says so, and neither starts anew nor moves the log on.
            assertThat(heads(server)).isEqualTo(head + 10);
            assertThat(applied.current().value()).isEqualTo(head);
            var meanwhile = alice.syncSince(before);
            assertThat(meanwhile).isOk();
            assertThat(meanwhile.text()).contains(event);

            insertBatch(server, head + 1, head + 9);
            assertThat(applied.await(new Position(head + 10), Duration.ofSeconds(20))).isTrue();
            var after = alice.syncSince(ahead);
            assertThat(after).isOk();
            assertThat(after.text()).doesNotContain(event);
        }
    }

    private static void insertBatch(TestHomeserver server, long first, long last) {
        server.bean(JdbcClient.class)
                .sql(
                        """
                        INSERT INTO append_batch (first_pos, last_pos, batch_id, rooms, users, streams)
                        VALUES (?, ?, gen_random_uuid(), '{}', '{}', '{}')
                        """)
                .params(first, last)
                .update();
    }

    private static long heads(TestHomeserver server) {
        return server.bean(JdbcClient.class)
                .sql("SELECT max(last_pos) FROM append_batch")
                .query(Long.class)
                .single();
    }
}
