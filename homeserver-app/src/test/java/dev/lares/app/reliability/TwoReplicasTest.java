package dev.lares.app.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.app.reliability.BreakingServer.Break;
import dev.lares.app.reliability.BreakingServer.Manner;
import dev.lares.app.reliability.BreakingServer.Place;
import dev.lares.app.reliability.Http.Answer;
import dev.lares.core.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two server processes on one PostgreSQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasTest {
    private static final int PEOPLE = 5;
    private static final int CLIENTS = 20;
    private static final int ROOMS = 3;
    private static final Duration LEASE_MOVES_WITHIN = Duration.ofSeconds(40);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;

    private TestDatabase database;
    private JdbcClient jdbc;
    private Replica one;
    private Replica two;

    @BeforeAll
    void start() throws Exception {
        database = TestDatabase.create();
        jdbc = JdbcClient.create(database.dataSource());
        WitnessReader.createTable(jdbc);
        var settings =
                List.of(
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password());
        one = new Replica(directory.resolve("one"), settings);
        two = new Replica(directory.resolve("two"), settings);
        one.launch();
        two.launch();
        one.awaitStarted();
        two.awaitStarted();
    }

    @AfterAll
    void stop() throws Exception {
        one.close();
        two.close();
        database.close();
    }

    @Test
    void honourALogoutOfTheOtherWithinASecond() throws Exception {
        var leaving = Device.register(one, "leaving");
        var whoami = "/_matrix/client/v3/account/whoami";
        assertThat(leaving.get(two, whoami).status()).isEqualTo(200);
        leaving.post(one, "/_matrix/client/v3/logout", "{}").requireOk();
        long answered = System.nanoTime();
        Answer answer;
        boolean over;
        do {
            over = System.nanoTime() - answered >= TimeUnit.SECONDS.toNanos(1);
            answer = leaving.get(two, whoami);
        } while (answer.isOk() && !over);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.string("/errcode")).isEqualTo("M_UNKNOWN_TOKEN");
    }

    @ParameterizedTest
    @EnumSource
    void goOnWithoutOneThatIsStoppedAndAgreeWhenItIsBack(Place place) throws Exception {
        var alice = Device.register(one, "alice-" + place.ordinal());
        var room = alice.createRoom(one);
        var other = alice.createRoom(one);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            one.arm(new Break(place, Manner.STOP));
            var pending = executor.submit(() -> alice.say(one, room, "t1", "first"));
            one.awaitStopped();
            try {
                alice.say(two, other, "t2", "elsewhere").requireOk();
                alice.say(two, room, "t3", "second").requireOk();
            } finally {
                Signal.CONT.sendTo(one.handle());
            }
            var first = pending.get(60, TimeUnit.SECONDS).requireOk();
            alice.say(one, room, "t4", "third").requireOk();

            var history = History.backwards(one, alice, room);
            assertThat(History.backwards(two, alice, room)).isEqualTo(history);
            assertThat(bodies(history)).containsExactlyInAnyOrder("first", "second", "third");
            for (var replica : List.of(one, two)) {
                assertThat(alice.say(replica, room, "t1", "first").string("/event_id"))
                        .isEqualTo(first.string("/event_id"));
            }
            assertThat(History.backwards(one, alice, room)).isEqualTo(history);
            assertThat(bodies(History.backwards(one, alice, other))).containsExactly("elsewhere");
        }
    }

    private static List<String> bodies(History history) {
        return history.events().stream()
                .filter(event -> event.type().equals("m.room.message"))
                .map(History.Event::body)
                .toList();
    }

    @Test
    void tellEveryClientWhatTheLogSaysThoughOneIsKilled() throws Exception {
        run(Duration.ofSeconds(2), LeaseEnd.AT_ONCE);
    }

    @Test
    @Tag("nightly")
    void tellEveryClientWhatTheLogSaysForAMinute() throws Exception {
        run(Duration.ofSeconds(30), LeaseEnd.BY_ITSELF);
    }

    /// When the lease of the one that is killed runs out.
    private enum LeaseEnd {
        /// The quarter of a minute is over, as far as the database knows.
        AT_ONCE,
        BY_ITSELF
    }

    private void run(Duration half, LeaseEnd leaseEnd) throws Exception {
        var servers = new Servers();
        servers.up(one);
        servers.up(two);
        var people = new ArrayList<Device>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(
                    Device.register(one, (leaseEnd == LeaseEnd.AT_ONCE ? "short-" : "long-") + i));
        }
        var rooms = new ArrayList<String>();
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(people.getFirst().createRoom(one));
            for (var person : people.subList(1, PEOPLE)) {
                person.join(two, rooms.getLast());
            }
        }
        try (var load = new Load()) {
            for (int i = 0; i < CLIENTS; i++) {
                var device = people.get(i % PEOPLE).another(one);
                load.read(new SyncChain(device, servers, load, i));
            }
            for (int i = 0; i < CLIENTS; i++) {
                var device = people.get(i % PEOPLE).another(two);
                load.send(new Sender("s" + i, device, rooms, servers, load, i));
            }
            load.awaitAcknowledged(CLIENTS);
            load.goOnFor(half);
            killTheLeaseHolder(servers, load, leaseEnd);
            load.goOnFor(half);
            var sent = load.stop();
            var readers = load.readers();

            var replay = LogReplay.of(jdbc, rooms);
            assertThat(sent).isNotEmpty();
            for (var each : sent) {
                assertThat(replay.timelines().get(each.roomId())).contains(each.eventId());
            }
            assertThat(messages(rooms)).isEqualTo(sent.size());
            for (var reader : readers) {
                assertThat(reader.timelines()).isEqualTo(replay.timelines());
                assertThat(reader.states()).isEqualTo(replay.states());
            }
            assertNothingUnwitnessed();
            System.out.printf(
                    "TwoReplicasTest: %d acknowledged messages of %d clients, %d requests without an answer, %d 503%n",
                    sent.size(), CLIENTS, load.failuresSoFar(), load.unavailableSoFar());
        }
    }

    private int messages(List<String> rooms) {
        var sql =
                """
                SELECT count(*) FROM timeline t
                JOIN event e ON e.room_nid = t.room_nid AND e.event_nid = t.event_nid
                JOIN room r ON r.room_nid = t.room_nid
                WHERE r.room_id IN (:rooms) AND e.type = 'm.room.message'
                """;
        return jdbc.sql(sql).param("rooms", rooms).query(Integer.class).single();
    }

    private record Witnessed(long epoch, long pid) {}

    private Witnessed lastWitnessed() {
        return jdbc.sql("SELECT epoch, pid FROM witness ORDER BY epoch DESC, last_pos DESC LIMIT 1")
                .query((row, n) -> new Witnessed(row.getLong("epoch"), row.getLong("pid")))
                .single();
    }

    /// Starts it again once the other one has taken over.
    private void killTheLeaseHolder(Servers servers, Load load, LeaseEnd leaseEnd)
            throws Exception {
        var before = lastWitnessed();
        var holder = before.pid() == one.handle().pid() ? one : two;
        var other = holder == one ? two : one;
        assertThat(before.pid()).isEqualTo(holder.handle().pid());
        holder.kill();
        servers.down(holder);
        if (leaseEnd == LeaseEnd.AT_ONCE) {
            jdbc.sql("UPDATE lease SET until_ts = clock_timestamp()").update();
        }
        long deadline = System.nanoTime() + LEASE_MOVES_WITHIN.toNanos();
        while (lastWitnessed().epoch() == before.epoch() && System.nanoTime() < deadline) {
            load.goOnFor(Duration.ofMillis(200));
        }
        var after = lastWitnessed();
        assertThat(after.epoch()).isGreaterThan(before.epoch());
        assertThat(after.pid()).isEqualTo(other.handle().pid());
        holder.start();
        servers.up(holder);
    }

    /// The reader saw every batch, and nothing was written by one whose lease was over.
    private void assertNothingUnwitnessed() throws InterruptedException {
        var unseen =
                """
                SELECT count(*) FROM append_batch b
                WHERE NOT EXISTS (SELECT FROM witness w WHERE w.last_pos = b.last_pos)
                """;
        long deadline = System.nanoTime() + LEASE_MOVES_WITHIN.toNanos();
        while (jdbc.sql(unseen).query(Integer.class).single() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(jdbc.sql(unseen).query(Integer.class).single()).isZero();
        var late =
                """
                SELECT count(*) FROM (
                    SELECT epoch, max(epoch) OVER (ORDER BY last_pos) AS newest FROM witness) w
                WHERE epoch < newest
                """;
        assertThat(jdbc.sql(late).query(Integer.class).single()).isZero();
    }
}
