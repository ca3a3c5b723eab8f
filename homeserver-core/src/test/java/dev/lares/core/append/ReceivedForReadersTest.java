package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.EventDraft;
import dev.lares.core.id.UserId;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.room.Place;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What readers of the log get of events that arrive already signed.
@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceivedForReadersTest {
    private static final UserId BOB = Foreign.user("bob");

    private LogNode node;

    @BeforeAll
    void start(TestDatabase database) {
        node = new LogNode(database);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void showsReadersOnlyWhatWasAccepted() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var since = node.applied().current();
        var ban = room.sendState(Rooms.member(room.alice(), BOB, "ban"));
        var soft = room.make(Rooms.message(BOB, "soft"), join);
        var rejected =
                room.make(
                        EventDraft.state(
                                BOB,
                                "m.room.power_levels",
                                "",
                                Rooms.json("{\"users\":{\"%s\":100}}".formatted(BOB.value()))),
                        join);
        assertThat(room.outcome(soft)).isInstanceOf(ReceivedOutcome.SoftFailed.class);
        assertThat(room.outcome(rejected)).isInstanceOf(ReceivedOutcome.Rejected.class);
        var timelines = node.bean(TimelineReader.class);
        // Sync, messages, and what context and single events start from.
        assertThat(
                        timelines
                                .newest(List.of(room.ref()), since, node.applied().current(), 50)
                                .get(room.ref().roomNid()))
                .extracting(event -> event.event().eventId())
                .containsExactly(ban);
        assertThat(timelines.forward(room.ref(), Place.START, Place.END, 50))
                .extracting(event -> event.event().eventId())
                .contains(ban)
                .doesNotContain(soft.eventId(), rejected.eventId());
        assertThat(timelines.find(room.ref(), soft.eventId())).isEmpty();
        assertThat(timelines.find(room.ref(), rejected.eventId())).isEmpty();
    }

    @Test
    void countsWhatIsUnreadAndInThreadsAsForOwnEvents() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var root = room.make(Rooms.message(BOB, "root"), join);
        room.outcome(root);
        var reply =
                room.make(
                        EventDraft.message(
                                BOB,
                                "m.room.message",
                                Rooms.json(
                                        """
                                        {"msgtype":"m.text","body":"in it","m.relates_to":
                                         {"rel_type":"m.thread","event_id":"%s"}}
                                        """
                                                .formatted(root.eventId().value()))),
                        root);
        room.outcome(reply);
        var sql =
                """
                SELECT (SELECT notif_seq FROM timeline WHERE room_nid = :room
                        ORDER BY pos DESC LIMIT 1) || ' '
                    || (SELECT notif_seq FROM timeline_thread WHERE room_nid = :room
                        ORDER BY pos DESC LIMIT 1)
                """;
        assertThat(
                        node.jdbc()
                                .sql(sql)
                                .param("room", room.ref().roomNid())
                                .query(String.class)
                                .single())
                .isEqualTo("2 1");
    }
}
