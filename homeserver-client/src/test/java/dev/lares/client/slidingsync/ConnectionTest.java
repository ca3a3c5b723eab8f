package dev.lares.client.slidingsync;

import static dev.lares.client.slidingsync.Sliding.ALL_ROOMS;
import static dev.lares.client.slidingsync.Sliding.bodies;
import static dev.lares.client.slidingsync.Sliding.room;
import static dev.lares.client.slidingsync.Sliding.rooms;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.log.AppliedPosition;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestUser;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is kept of a connection, and how long.
@HomeserverTest
class ConnectionTest {
    private static @Nullable TestHomeserver replica;

    private static TestHomeserver replica(TestHomeserver server) {
        var known = replica == null ? server.replica(List.of()) : replica;
        replica = known;
        return known;
    }

    /// Waits until the replica has applied what this server has.
    private static void settle(TestHomeserver server) {
        try {
            var applied = server.bean(AppliedPosition.class).current();
            assertThat(
                            replica(server)
                                    .bean(AppliedPosition.class)
                                    .await(applied, Duration.ofSeconds(10)))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stopTheReplica() {
        if (replica != null) {
            replica.stop();
            replica = null;
        }
    }

    private static List<Long> serials(TestHomeserver server, TestUser user) {
        var sql =
                """
                SELECT serial FROM sliding_connection c JOIN user_ref u ON u.user_nid = c.user_nid
                WHERE u.user_id = :userId ORDER BY serial
                """;
        return server.bean(JdbcClient.class)
                .sql(sql)
                .param("userId", user.id())
                .query(Long.class)
                .list();
    }

    @Test
    void goesOnAtAnotherReplica(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var client = new Sliding(bob);
        client.ask(ALL_ROOMS);
        alice.say(room, "one");
        // Which remembers nothing of the connection, as after a restart.
        var there = client.copy(bob.at(replica(server)));
        settle(server);
        var entry = room(there.ask(ALL_ROOMS), room);
        assertThat(entry.has("initial")).isFalse();
        assertThat(bodies(entry)).containsExactly("one");
        alice.say(room, "two");
        var newRoom = alice.createRoom().joinedBy(bob);
        settle(server);
        var both = there.ask(ALL_ROOMS);
        assertThat(rooms(both)).containsExactly(newRoom.id(), room.id());
        // And back, with what the other one has written.
        var back = there.copy(bob);
        assertThat(rooms(back.ask(ALL_ROOMS))).isEmpty();
        alice.say(newRoom, "three");
        var last = back.ask(ALL_ROOMS);
        assertThat(room(last, newRoom).has("initial")).isFalse();
        assertThat(bodies(room(last, newRoom))).containsExactly("three");
    }

    @Test
    void answersALostAnswerAgainAtAnotherReplica(TestHomeserver server) {
        var alice = server.register("alice");
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        var room = alice.createRoom();
        var lost = client.copy(alice);
        assertThat(room(lost.ask(ALL_ROOMS), room).path("initial").booleanValue()).isTrue();
        var again = client.copy(alice.at(replica(server)));
        settle(server);
        assertThat(room(again.ask(ALL_ROOMS), room).path("initial").booleanValue()).isTrue();
        assertThat(rooms(again.ask(ALL_ROOMS))).isEmpty();
    }

    @Test
    void writesNothingForWhatIsToldLive(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var cal = server.register("cal");
        var room = alice.createRoom().joinedBy(bob, cal);
        var client = new Sliding(bob);
        client.ask(ALL_ROOMS);
        var before = serials(server, bob);
        assertThat(before).hasSize(1);
        client.ask(ALL_ROOMS);
        client.ask(ALL_ROOMS, 50);
        alice.say(room, "one");
        assertThat(bodies(room(client.ask(ALL_ROOMS), room))).containsExactly("one");
        cal.say(room, "two");
        assertThat(bodies(room(client.ask(ALL_ROOMS), room))).containsExactly("two");
        assertThat(serials(server, bob)).isEqualTo(before);
        // A room that is new to the client is noted.
        alice.createRoom().joinedBy(bob);
        client.ask(ALL_ROOMS);
        assertThat(serials(server, bob)).isNotEqualTo(before);
    }

    @Test
    void keepsFewRows(TestHomeserver server) {
        var alice = server.register("alice");
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        for (int i = 0; i < 8; i++) {
            alice.createRoom();
            client.copy(alice).ask(ALL_ROOMS);
        }
        assertThat(serials(server, alice)).hasSizeLessThanOrEqualTo(5);
        for (int i = 0; i < 3; i++) {
            alice.createRoom();
            client.ask(ALL_ROOMS);
        }
        assertThat(serials(server, alice)).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void isOneOfTenOfADevice(TestHomeserver server) {
        var alice = server.register("alice");
        var pos = "";
        for (int i = 0; i < 12; i++) {
            var response = alice.post(Sliding.UNSTABLE, "{\"conn_id\":\"c%d\"}".formatted(i));
            assertThat(response).isOk();
            pos = i == 0 ? response.string("/pos") : pos;
        }
        assertThat(serials(server, alice)).hasSize(10);
        assertThat(
                        alice.at(replica(server))
                                .post(Sliding.UNSTABLE + "?pos={pos}", pos, "{\"conn_id\":\"c0\"}"))
                .hasStatus(400)
                .hasErrcode("M_UNKNOWN_POS");
    }

    @Test
    void endsThirtyDaysAfterItsLastUse(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        new Sliding(alice).ask(ALL_ROOMS);
        var used = new Sliding(bob);
        used.ask(ALL_ROOMS);
        var jdbc = server.bean(JdbcClient.class);
        jdbc.sql("UPDATE sliding_connection SET used_at = now() - interval '31 days'").update();
        // Whoever comes back in time is heard of.
        used.copy(bob.at(replica(server))).ask(ALL_ROOMS);
        server.bean(ConnectionRepository.class).deleteOld(1000);
        assertThat(serials(server, alice)).isEmpty();
        assertThat(serials(server, bob)).hasSize(1);
    }

    @Test
    void cannotGoOnOnceItIsGone(TestHomeserver server) {
        var alice = server.register("alice");
        var client = new Sliding(alice);
        client.ask(ALL_ROOMS);
        server.bean(JdbcClient.class)
                .sql(
                        "DELETE FROM sliding_connection WHERE user_nid = (SELECT user_nid FROM user_ref WHERE user_id = :id)")
                .param("id", alice.id())
                .update();
        alice.createRoom();
        assertThat(client.response(ALL_ROOMS, 0)).hasStatus(400).hasErrcode("M_UNKNOWN_POS");
    }
}
