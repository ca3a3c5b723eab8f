package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.append.Failpoints.Place;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.UserId;
import dev.lares.core.log.ReceivedItem;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A room whose states take long to resolve.
@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackgroundLaneTest {
    private static final UserId BOB = Foreign.user("bob");

    private LogNode node;
    private CountDownLatch entered = new CountDownLatch(1);
    private CountDownLatch release = new CountDownLatch(1);

    @BeforeAll
    void start(TestDatabase database) {
        node = new LogNode(database);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    /// The next event that wants its states is held until `release`; later ones are not.
    private void hold() {
        entered = new CountDownLatch(1);
        release = new CountDownLatch(1);
        var first = new AtomicBoolean(true);
        node.bean(Failpoints.class)
                .set(
                        Place.STATES_WANTED,
                        () -> {
                            if (first.getAndSet(false)) {
                                entered.countDown();
                                await(release);
                            }
                        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void letGo() {
        node.bean(Failpoints.class).clear(Place.STATES_WANTED);
        release.countDown();
    }

    /// An event beside our newest one, so that its states have to be read.
    private static Pdu fork(ForeignRoom room, Pdu join, String body) {
        room.send("beside it");
        return room.make(Rooms.message(BOB, body), join);
    }

    @Test
    void keepsNeitherOtherRoomsNorOwnEventsWaiting() throws Exception {
        var slow = new ForeignRoom(node, RoomVersion.V11);
        var quick = new ForeignRoom(node, RoomVersion.V11);
        var slowFork = fork(slow, slow.join(BOB), "slow");
        var quickFork = fork(quick, quick.join(BOB), "quick");
        hold();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = executor.submit(() -> slow.outcome(slowFork));
            await(entered);
            assertThat(quick.outcome(quickFork)).isInstanceOf(ReceivedOutcome.Accepted.class);
            slow.send("meanwhile");
            assertThat(slow.stored().events()).doesNotContainKey(slowFork.eventId());
            release.countDown();
            assertThat(held.get()).isInstanceOf(ReceivedOutcome.Accepted.class);
        }
        slow.assertAsIn();
        quick.assertAsIn();
    }

    @Test
    void letsEventsOfTheRoomWaitForThoseThatTheyCite() throws Exception {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var fork = fork(room, room.join(BOB), "first");
        var child = room.make(Rooms.message(BOB, "second"), fork);
        hold();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = executor.submit(() -> Foreign.receive(node, fork));
            await(entered);
            var second = executor.submit(() -> Foreign.receive(node, child));
            release.countDown();
            assertThat(first.get()).isInstanceOf(ReceivedResult.Landed.class);
            assertThat(second.get()).isInstanceOf(ReceivedResult.Landed.class);
        }
        assertThat(room.stored().timeline()).endsWith(fork.eventId(), child.eventId());
    }

    @Test
    void answersAtTheDeadlineAndGoesOnWithTheNext() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var fork = fork(room, join, "late");
        hold();
        var item =
                new ReceivedItem(
                        room.ref().roomId(), List.of(Foreign.verified(node, fork)), List.of());
        assertThatThrownBy(() -> node.writer().receive(item, Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(503));
        assertThat(room.outcome(fork)).isInstanceOf(ReceivedOutcome.Accepted.class);
        room.assertAsIn();
    }
}
