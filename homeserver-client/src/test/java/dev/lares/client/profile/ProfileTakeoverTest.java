package dev.lares.client.profile;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.append.Failpoints;
import dev.lares.core.append.Failpoints.Place;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two replicas; the one that is telling the rooms of a new profile ends in the middle.
class ProfileTakeoverTest {
    private static final int ROOMS = 60;
    private static final String READER = "reader:profile.rooms";

    @Test
    void tellsEachRoomOnceWhenTheReplicaEndsHalfWay() throws Exception {
        var first = TestHomeserver.start(TestDatabase.create(), List.of(), List.of());
        try {
            try (var run = new Run(first)) {
                run.changeTheProfile();
                run.endTheFirstReplica();
                run.awaitAllRooms();
            }
        } finally {
            first.close();
        }
    }

    private static final class Run implements AutoCloseable {
        private final TestHomeserver first;
        private final TestHomeserver second;
        private final TestUser alice;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private String since;

        Run(TestHomeserver first) {
            this.first = first;
            alice = first.register("alice");
            IntStream.range(0, ROOMS).forEach(i -> alice.createRoom());
            since = alice.sync().string("/next_batch");
            for (int i = 0; i < 100 && epoch(first) == 0; i++) {
                waitForNews(first);
            }
            second = first.replica(List.of());
        }

        /// The profile's own batch and that of some rooms pass; the next one waits with its rooms
        /// locked.
        void changeTheProfile() throws InterruptedException {
            var batches = new AtomicInteger();
            first.bean(Failpoints.class)
                    .set(
                            Place.ROOMS_LOCKED,
                            () -> {
                                if (batches.incrementAndGet() > 2) {
                                    reached.countDown();
                                    await(release);
                                }
                            });
            assertThat(
                            alice.put(
                                    "/_matrix/client/v3/profile/{userId}/displayname",
                                    alice.id(),
                                    "{\"displayname\":\"Ally\"}"))
                    .isOk();
            assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(told()).isBetween(1, ROOMS - 1);
        }

        void endTheFirstReplica() throws InterruptedException {
            long epoch = epoch(second);
            var end = Thread.ofVirtual().start(first::stop);
            // It gives the work back before its writer has ended.
            for (int i = 0; i < 300 && epoch(second) == epoch; i++) {
                waitForNews(second);
            }
            assertThat(epoch(second)).isGreaterThan(epoch);
            release.countDown();
            end.join();
        }

        void awaitAllRooms() {
            for (int i = 0; i < 300 && told() < ROOMS; i++) {
                waitForNews(second);
            }
            assertThat(told()).isEqualTo(ROOMS);
            assertThat(events()).isEqualTo(ROOMS);
        }

        /// Rooms whose state shows the new name.
        private int told() {
            return count(
                    """
                    SELECT count(*) FROM room_state s
                    JOIN event e ON e.room_nid = s.room_nid AND e.event_nid = s.event_nid
                    WHERE e.type = 'm.room.member'
                      AND convert_from(e.json, 'UTF8')::jsonb #>> '{content,displayname}' = 'Ally'
                    """);
        }

        /// Events that show the new name, in whatever room.
        private int events() {
            return count(
                    """
                    SELECT count(*) FROM event e
                    WHERE e.type = 'm.room.member'
                      AND convert_from(e.json, 'UTF8')::jsonb #>> '{content,displayname}' = 'Ally'
                    """);
        }

        private int count(String sql) {
            return second.bean(JdbcClient.class).sql(sql).query(Integer.class).single();
        }

        private static long epoch(TestHomeserver server) {
            return server.bean(JdbcClient.class)
                    .sql("SELECT coalesce(max(epoch), 0) FROM lease WHERE name = :name")
                    .param("name", READER)
                    .query(Long.class)
                    .single();
        }

        /// A sync that ends when something happens, or soon.
        private void waitForNews(TestHomeserver server) {
            since =
                    server.get(
                                    "/_matrix/client/v3/sync?timeout=100&since={since}&access_token={token}",
                                    since,
                                    alice.accessToken())
                            .string("/next_batch");
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            release.countDown();
            second.stop();
        }
    }
}
