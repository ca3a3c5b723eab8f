package dev.lares.app.command;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.app.command.DrillWriters.Said;
import dev.lares.app.database.BundledPostgresInitializer;
import dev.lares.core.backup.BackupArchive;
import dev.lares.core.backup.BackupFile;
import dev.lares.core.backup.DatabaseBackup;
import dev.lares.core.backup.DatabaseRestore;
import dev.lares.core.state.StateCheck;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The drill that docs/operating/backup.md tells operators to do: a backup of a busy server, a
/// restore elsewhere, and clients that go on there.
class BackupDrillTest {
    private static final String SEND =
            "/_matrix/client/v3/rooms/{roomId}/send/m.room.message/{txnId}";
    private static final int WRITERS = 4;
    private static final Comparator<Boolean> TRUE_FIRST = Comparator.reverseOrder();

    @TempDir Path directory;

    @Test
    void bringsBackAllThatWasAcknowledgedBeforeItBegan() throws Exception {
        var file = directory.resolve("drill.backup");
        try (var before = TestHomeserver.start(TestDatabase.create(), List.of(), List.of());
                var target = TestDatabase.createEmpty()) {
            var alice = before.register("alice");
            var bob = before.register("bob");
            var room = alice.createRoom().joinedBy(bob);
            var oldToken = alice.sync().string("/next_batch");
            var kept = send(bob, room, "kept");
            List<List<Said>> acknowledged;
            List<List<Said>> all;
            try (var writers = new DrillWriters(before, WRITERS)) {
                writers.awaitMore(40);
                acknowledged = writers.acknowledged();
                backUp(before, file, writers);
                writers.awaitMore(20);
                all = writers.acknowledged();
            }
            var lost = send(bob, room, "lost");
            var newToken = alice.sync().string("/next_batch");
            var lateDevice = alice.login();
            var findings = findings(before);
            before.stop();

            restore(file, target);
            var after = TestHomeserver.start(target, List.of(), List.of());
            try {
                assertThat(findings).containsAll(findings(after));
                acknowledged.forEach(
                        said -> assertThat(present(said, after)).doesNotContain(false));
                all.forEach(
                        said -> assertThat(present(said, after)).isSortedAccordingTo(TRUE_FIRST));
                assertThat(all.stream().flatMap(said -> present(said, after).stream()))
                        .contains(false);
                assertThat(find(bob.at(after), room, kept)).isOk();
                assertThat(find(bob.at(after), room, lost)).hasStatus(404);
                assertThat(lateDevice.at(after).sync())
                        .hasStatus(401)
                        .hasErrcode("M_UNKNOWN_TOKEN");

                var older = new Reader(alice.at(after), room, oldToken);
                var newer = new Reader(alice.at(after), room, newToken);
                assertThat(older.next()).containsExactly(kept);
                assertThat(newer.next()).isEmpty();
                // What was acknowledged before is not sent a second time, what was lost is.
                assertThat(send(bob.at(after), room, "kept")).isEqualTo(kept);
                var again = send(bob.at(after), room, "lost");
                assertThat(again).isNotEqualTo(lost);
                assertThat(older.next()).containsExactly(again);
                assertThat(newer.next()).containsExactly(again);
                var third = new Reader(alice.at(after), room, newToken);
                assertThat(third.next()).containsExactly(again);

                livesOn(after, bob.at(after));
            } finally {
                after.stop();
            }
        }
    }

    private static void backUp(TestHomeserver server, Path file, DrillWriters writers)
            throws IOException {
        var inTheMiddle = new AtomicBoolean();
        try (var written = BackupFile.create(file)) {
            server.bean(DatabaseBackup.class)
                    .write(
                            written,
                            "Lares",
                            step -> {
                                if (step.table().equals("event")
                                        && inTheMiddle.compareAndSet(false, true)) {
                                    await(writers);
                                }
                            });
        }
        assertThat(inTheMiddle).isTrue();
    }

    private static void await(DrillWriters writers) {
        try {
            writers.awaitMore(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void restore(Path file, TestDatabase target) {
        var settings =
                List.of(
                        "--spring.datasource.url=" + target.jdbcUrl(),
                        "--spring.datasource.username=" + target.username(),
                        "--spring.datasource.password=" + target.password());
        DatabaseContext.use(
                BundledPostgresInitializer.alone(),
                settings,
                context -> {
                    try (var archive = BackupArchive.open(file)) {
                        archive.verify(step -> {});
                        context.getBean(DatabaseRestore.class).restore(archive, step -> {});
                        return archive.manifest();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static List<Boolean> present(List<Said> said, TestHomeserver server) {
        return said.stream()
                .map(one -> find(one.user().at(server), one.room(), one.eventId()).status() == 200)
                .toList();
    }

    private static TestResponse find(TestUser user, TestRoom room, String eventId) {
        return user.get("/_matrix/client/v3/rooms/{roomId}/event/{eventId}", room.id(), eventId);
    }

    /// The text is the transaction id as well.
    private static String send(TestUser user, TestRoom room, String text) {
        var content = Map.of("msgtype", "m.text", "body", text);
        var response = user.put(SEND, room.id(), text, content);
        assertThat(response).isOk();
        return response.string("/event_id");
    }

    private static void livesOn(TestHomeserver server, TestUser bob) {
        var carol = server.register("carol");
        var room = bob.createRoom().joinedBy(carol);
        var said = carol.say(room, "new");
        assertThat(find(bob, room, said)).isOk();
        assertThat(bob.login().sync()).isOk();
    }

    private static List<String> findings(TestHomeserver server) {
        var findings = new ArrayList<String>();
        server.bean(StateCheck.class).checkAll(finding -> findings.add(finding.toString()));
        return findings;
    }

    /// A client that goes on from a token and reads one room.
    private static final class Reader {
        private final TestUser user;
        private final TestRoom room;
        private String token;

        Reader(TestUser user, TestRoom room, String token) {
            this.user = user;
            this.room = room;
            this.token = token;
        }

        /// Events that are new, in their order; fails where some are left out.
        List<String> next() {
            var response = user.syncSince(token);
            assertThat(response).isOk();
            token = response.string("/next_batch");
            var timeline =
                    response.json().path("rooms").path("join").path(room.id()).path("timeline");
            assertThat(timeline.path("limited").asBoolean(false)).isFalse();
            var events = new ArrayList<String>();
            timeline.path("events").forEach(event -> events.add(event.path("event_id").asString()));
            return events;
        }
    }
}
