package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.room.Place;
import dev.lares.core.room.TimelineEvent;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.state.StateCheck;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pages of history and outliers. The room was joined late: what the timeline begins with cites
/// events that are not here.
@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {
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

    /// A room in which Bob said much that we do not have, and then something that we have.
    ///
    /// @param lost what he said, oldest first; the last one of it is the prev event of `live`
    private record Late(
            ForeignRoom room, Pdu join, List<Pdu> lost, Pdu live, Map<StateKey, Pdu> state) {}

    private Late late(int lost) {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var said = new ArrayList<Pdu>();
        var last = join;
        var state = new HashMap<>(room.model().stateOn(List.of(join)));
        for (int i = 0; i < lost; i++) {
            last =
                    Foreign.make(
                            room.ref(), Rooms.message(BOB, "lost " + i), List.of(last), state, i);
            said.add(last);
        }
        var live = Foreign.make(room.ref(), Rooms.message(BOB, "live"), List.of(last), state, lost);
        return new Late(room, join, said, live, state);
    }

    /// The live event comes as a page of its own, as after a gap that is too long to be filled.
    private void arrive(Late late) {
        assertThat(
                        show(
                                late.room(),
                                late.room().send("ours"),
                                List.of(late.live()),
                                ids(late.state())))
                .containsOnly(new ReceivedOutcome.Accepted());
    }

    private static List<EventId> ids(Map<StateKey, Pdu> state) {
        return state.values().stream().map(Pdu::eventId).toList();
    }

    private List<ReceivedOutcome> show(
            ForeignRoom room, EventId before, List<Pdu> pdus, List<EventId> state) {
        return switch (page(room, before, pdus, state)) {
            case ReceivedResult.Landed landed -> List.copyOf(landed.outcomes().values());
            case ReceivedResult.Missing missing -> throw new AssertionError(missing);
        };
    }

    private ReceivedResult page(
            ForeignRoom room, EventId before, List<Pdu> pdus, List<EventId> state) {
        var verified = pdus.stream().map(pdu -> Foreign.verified(node, pdu)).toList();
        return node.bean(RoomHistory.class)
                .show(
                        new HistoryPage(room.ref().roomId(), before, verified, state),
                        Rooms.DEADLINE);
    }

    private List<EventId> byDepth(ForeignRoom room) {
        return node
                .bean(TimelineReader.class)
                .forward(room.ref(), Place.START, Place.END, 1_000)
                .stream()
                .map(event -> event.event().eventId())
                .toList();
    }

    @Test
    void comesBelowWhatIsShownPageByPage() {
        var late = late(12);
        var room = late.room();
        arrive(late);
        var head = node.applied().current();
        var stored = room.stored();
        var extremities = stored.extremities();
        var lost = late.lost();
        // Newest page first, as backfill gives them; the order within a page does not matter.
        var newest = new ArrayList<>(lost.subList(6, 12));
        java.util.Collections.reverse(newest);
        show(room, late.live().eventId(), newest, ids(late.state()));
        show(room, lost.get(6).eventId(), lost.subList(0, 6), List.of());

        var expected = new ArrayList<EventId>();
        expected.add(late.join().eventId());
        lost.forEach(pdu -> expected.add(pdu.eventId()));
        expected.add(late.live().eventId());
        assertThat(byDepth(room)).containsSubsequence(expected).doesNotHaveDuplicates();
        assertThat(stored.extremities()).isEqualTo(extremities);
        assertThat(positions(room))
                .containsExactly(
                        -13L, -12L, -11L, -10L, -9L, -8L, -7L, -6L, -5L, -4L, -3L, -2L, -1L);
        // No sync shows it, but each page has a place in the log.
        assertThat(node.applied().current().value()).isEqualTo(head.value() + 2);
        assertThat(newSince(room, head)).isEmpty();
        assertThat(node.bean(StateCheck.class).check(room.ref().roomNid())).isEmpty();
        assertThat(gaps(room)).isZero();
    }

    private List<TimelineEvent> newSince(ForeignRoom room, Position since) {
        return node.bean(TimelineReader.class)
                .newest(List.of(room.ref()), since, node.applied().current(), 100)
                .getOrDefault(room.ref().roomNid(), List.of());
    }

    private List<Long> positions(ForeignRoom room) {
        return node.jdbc()
                .sql("SELECT pos FROM timeline WHERE room_nid = :room AND pos < 0 ORDER BY pos")
                .param("room", room.ref().roomNid())
                .query(Long.class)
                .list();
    }

    private int gaps(ForeignRoom room) {
        return node.jdbc()
                .sql("SELECT count(*) FROM room_gap WHERE room_nid = :room")
                .param("room", room.ref().roomNid())
                .query(Integer.class)
                .single();
    }

    @Test
    void fillsAHoleBetweenLiveRowsInDepthOrder() {
        var late = late(3);
        var room = late.room();
        // What came live stands around the hole: the join, and our own event on top of it.
        var ours = room.send("ours");
        arrive(late);
        show(room, late.live().eventId(), late.lost(), List.of());
        assertThat(byDepth(room))
                .containsSubsequence(
                        late.join().eventId(),
                        late.lost().get(0).eventId(),
                        late.lost().get(1).eventId(),
                        late.lost().get(2).eventId(),
                        late.live().eventId());
        assertThat(byDepth(room)).contains(ours).doesNotHaveDuplicates();
    }

    @Test
    void mayBeRepeated() {
        var late = late(4);
        var room = late.room();
        arrive(late);
        show(room, late.live().eventId(), late.lost(), List.of());
        var before = byDepth(room);
        assertThat(show(room, late.live().eventId(), late.lost(), List.of()))
                .containsOnly(new ReceivedOutcome.Known());
        assertThat(byDepth(room)).isEqualTo(before);
    }

    @Test
    void keepsButDoesNotShowWhatIsNotAllowed() {
        var late = late(1);
        var room = late.room();
        arrive(late);
        var mallory = Foreign.user("mallory");
        var forbidden =
                Foreign.make(
                        room.ref(),
                        Rooms.message(mallory, "let me in"),
                        List.of(late.join()),
                        late.state(),
                        1);
        var outcomes =
                show(
                        room,
                        late.live().eventId(),
                        List.of(late.lost().getFirst(), forbidden),
                        List.of());
        assertThat(outcomes).hasSize(2).hasAtLeastOneElementOfType(ReceivedOutcome.Rejected.class);
        assertThat(room.stored().events()).containsKey(forbidden.eventId());
        assertThat(byDepth(room))
                .contains(late.lost().getFirst().eventId())
                .doesNotContain(forbidden.eventId());
    }

    @Test
    void isNoNewsWhenItArrivesAsSuch() {
        var late = late(1);
        var room = late.room();
        arrive(late);
        assertThat(Foreign.outcome(node, late.lost().getFirst()))
                .isInstanceOf(ReceivedOutcome.Past.class);
        assertThat(room.stored().events()).doesNotContainKey(late.lost().getFirst().eventId());
    }

    @Test
    void isAnsweredWithWhatItsStateLacks() {
        var late = late(1);
        var room = late.room();
        var ours = room.send("ours");
        var topic =
                Foreign.make(
                        room.ref(),
                        EventDraft.state(BOB, "m.room.topic", "", Rooms.json("{}")),
                        List.of(late.join()),
                        late.state(),
                        1);
        var state = new ArrayList<>(ids(late.state()));
        state.add(topic.eventId());
        assertThat(page(room, ours, List.of(late.live()), state))
                .isEqualTo(new ReceivedResult.Missing(Set.of(), Set.of(topic.eventId())));
        assertThat(room.stored().events()).doesNotContainKey(late.live().eventId());
        // As an outlier it serves, and is seen nowhere.
        var outliers =
                node.bean(RoomHistory.class)
                        .storeOutliers(room.ref().roomId(), List.of(Foreign.verified(node, topic)));
        assertThat(outliers).isInstanceOf(ReceivedResult.Landed.class);
        assertThat(show(room, ours, List.of(late.live()), state))
                .containsOnly(new ReceivedOutcome.Accepted());
        var row = Objects.requireNonNull(room.stored().events().get(late.live().eventId()));
        assertThat(room.stored().state(row.line(), row.ver()))
                .containsEntry(new StateKey("m.room.topic", ""), topic.eventId());
        assertThat(byDepth(room)).doesNotContain(topic.eventId());
        assertThat(room.stored().current()).doesNotContainKey(new StateKey("m.room.topic", ""));
    }

    @Test
    void givesAnOutlierItsPlaceWhenItArrives() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var redacts =
                Foreign.make(
                        room.ref(),
                        new EventDraft(
                                BOB,
                                "m.room.redaction",
                                java.util.Optional.empty(),
                                Rooms.json("{}"),
                                java.util.Optional.of(join.eventId()),
                                java.util.Optional.empty()),
                        List.of(join),
                        room.model().stateOn(List.of(join)),
                        1);
        node.bean(RoomHistory.class)
                .storeOutliers(room.ref().roomId(), List.of(Foreign.verified(node, redacts)));
        assertThat(Objects.requireNonNull(room.stored().events().get(redacts.eventId())).flags())
                .isEqualTo(1);
        assertThat(redactions(room)).isZero();
        room.add(redacts);
        assertThat(Foreign.outcome(node, redacts)).isInstanceOf(ReceivedOutcome.Accepted.class);
        assertThat(room.stored().timeline()).endsWith(redacts.eventId());
        // What hangs on an event's insertion happens when it gets its place.
        assertThat(redactions(room)).isEqualTo(1);
        room.assertAsIn();
    }

    private int redactions(ForeignRoom room) {
        return node.jdbc()
                .sql("SELECT count(*) FROM redaction WHERE room_nid = :room")
                .param("room", room.ref().roomNid())
                .query(Integer.class)
                .single();
    }

    @Test
    void goesNowhereWithoutAnEventThatIsShown() {
        var late = late(1);
        assertThatThrownBy(() -> page(late.room(), late.live().eventId(), late.lost(), List.of()))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code().name()).isEqualTo("M_NOT_FOUND"));
        assertThat(late.room().stored().events())
                .doesNotContainKey(late.lost().getFirst().eventId());
    }
}
