package dev.lares.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// New roots of the main line: renewed ones, and whole ones in the place of partial ones.
@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RootsTest {
    private StateDatabase state;

    @BeforeAll
    void open(TestDatabase database) {
        state = new StateDatabase(database);
    }

    @AfterAll
    void close() {
        state.close();
    }

    @Test
    void areNotRenewedWhileTheyHoldLittle() {
        var room = state.newRoom();
        state.append(room, StateChange.added(state.key(room, "m.room.create", ""), 1));
        var epoch = epoch(room);
        assertThat(state.renewal.renewIfNeeded(room, state.lease)).isFalse();
        assertThat(state.renewal.renewIfNeeded(state.newRoom(), state.lease)).isFalse();
        assertThat(epoch(room)).isEqualTo(epoch);
    }

    @Test
    void sayTheSameAsTheOneTheyReplace() {
        var room = state.newRoom();
        var create = state.key(room, "m.room.create", "");
        var topic = state.key(room, "m.room.topic", "");
        var name = state.key(room, "m.room.name", "");
        var first = state.append(room, StateChange.added(create, 1));
        state.append(room, StateChange.added(name, 2));
        var before = new Position(state.head());
        state.append(room, StateChange.added(topic, 3), new StateChange(name, 2, 0));
        var tip = state.mainLines.tips(List.of(room)).get(room);
        var side = state.sideLines.after(room, first.ref(), topic, 9, Standing.ACCEPTED);
        var epoch = epoch(room);
        state.renewal.renew(room, tip, state.lease);

        var renewed = state.mainLines.tips(List.of(room)).get(room);
        assertThat(renewed.ref()).isEqualTo(new StateRef(3, tip.ref().ver()));
        assertThat(renewed.hash()).isEqualTo(tip.hash());
        assertThat(renewed.entries()).isEqualTo(2);
        assertThat(epoch(room)).isEqualTo(epoch + 1);
        state.append(room, new StateChange(topic, 3, 4));
        assertThat(stateAt(room, state.head())).isEqualTo(Map.of(create, 1L, topic, 4L));
        assertThat(stateAt(room, state.head() - 1)).isEqualTo(Map.of(create, 1L, topic, 3L));
        assertThat(stateAt(room, before.value())).isEqualTo(Map.of(create, 1L, name, 2L));
        assertThat(delta(room, before.value() - 1)).isEqualTo(Map.of(name, 0L, topic, 4L));
        assertThat(state(room, side.ref())).isEqualTo(Map.of(create, 1L, topic, 9L));
        assertThat(state.check.checkLines(room)).isEmpty();
    }

    @Test
    void takeOverWhatChangedWhileTheyWereWritten() {
        var room = state.newRoom();
        var create = state.key(room, "m.room.create", "");
        var topic = state.key(room, "m.room.topic", "");
        state.append(room, StateChange.added(create, 1));
        var copied = state.append(room, StateChange.added(topic, 2));
        var line = state.rootService.prepareCopy(room, state.lease);
        state.rootService.copyKeys(room, copied.ref(), line, 0, state.lease);
        state.append(room, new StateChange(topic, 2, 3));
        var side = state.sideLines.after(room, copied.ref(), topic, 9, Standing.ACCEPTED);
        assertThat(side.ref().line()).isNotEqualTo(line);
        assertThat(stateAt(room, state.head())).isEqualTo(Map.of(create, 1L, topic, 3L));
        state.rootService.startCopy(room, copied, line, state.lease);

        assertThat(stateAt(room, state.head())).isEqualTo(Map.of(create, 1L, topic, 3L));
        assertThat(state(room, new StateRef(line, 3))).isEqualTo(Map.of(create, 1L, topic, 3L));
        assertThat(state.check.checkLines(room)).isEmpty();
        assertThatThrownBy(() -> state.rootService.startCopy(room, copied, line, state.lease))
                .isInstanceOf(StaleLinesException.class);
    }

    @Test
    void thatWereBrokenOffDoNotHinderTheNext() {
        var room = state.newRoom();
        var create = state.key(room, "m.room.create", "");
        var tip = state.append(room, StateChange.added(create, 1));
        var line = state.rootService.prepareCopy(room, state.lease);
        state.rootService.copyKeys(room, tip.ref(), line, 0, state.lease);
        assertThat(stateAt(room, state.head())).isEqualTo(Map.of(create, 1L));
        state.renewal.renew(room, tip, state.lease);
        assertThat(stateAt(room, state.head())).isEqualTo(Map.of(create, 1L));
        assertThat(state.check.checkLines(room)).isEmpty();
    }

    @Test
    void completeAPartialState() {
        var room = state.newRoom();
        var create = state.key(room, "m.room.create", "");
        var topic = state.key(room, "m.room.topic", "");
        var alice = state.key(room, "m.room.member", "@alice:example.org");
        var bob = state.key(room, "m.room.member", "@bob:example.org");
        var carol = state.key(room, "m.room.member", "@carol:example.org");
        var joined =
                state.mainLines
                        .planner()
                        .first(
                                StateExtent.PARTIAL,
                                List.of(StateChange.added(create, 1), StateChange.added(alice, 2)));
        state.append(Map.of(room, List.of(joined)));
        var join = state.head();
        var first = joined.version().ref();
        state.append(room, StateChange.added(topic, 3));
        var later = state.append(room, StateChange.added(bob, 4));
        var side = state.sideLines.after(room, first, carol, 5, Standing.ACCEPTED);
        var deeper = state.sideLines.after(room, side.ref(), bob, 6, Standing.SOFT_FAILED);
        state.writeEvents(room, List.of(first, later.ref(), side.ref()), join);
        assertThat(find(room, first, "@bob:example.org")).isEqualTo(new StateLookup.Unknown());
        assertThat(find(room, deeper.ref(), "@dan:example.org"))
                .isEqualTo(new StateLookup.Unknown());
        var epoch = epoch(room);

        // Bob was a member already, and so were Carol and someone whose event changed since.
        var whole = new HashMap<>(Map.of(create, 1L, alice, 2L, bob, 40L, carol, 50L));
        state.completion.complete(room, whole);
        state.completion.complete(room, whole);

        assertThat(epoch(room)).isEqualTo(epoch + 1);
        assertThat(stateAt(room, join)).isEqualTo(Map.of(create, 1L, alice, 2L));
        assertThat(state(room, new StateRef(4, 1))).isEqualTo(whole);
        assertThat(stateAt(room, state.head()))
                .isEqualTo(Map.of(create, 1L, alice, 2L, bob, 4L, carol, 50L, topic, 3L));
        assertThat(delta(room, join)).isEqualTo(Map.of(topic, 3L, bob, 4L));
        assertThat(state(room, deeper.ref()))
                .isEqualTo(Map.of(create, 1L, alice, 2L, bob, 6L, carol, 5L));
        assertThat(find(room, deeper.ref(), "@dan:example.org"))
                .isEqualTo(new StateLookup.Absent());
        assertThat(eventLines(room)).containsExactlyInAnyOrder(4, 4, side.ref().line());
        assertThat(state.check.checkLines(room)).isEmpty();
        assertThat(state.reader.current(List.of(room), StateSelection.whole()).get(room))
                .hasSize(5);
        state.append(room, new StateChange(carol, 50, 51));
        assertThat(stateAt(room, state.head())).containsEntry(carol, 51L);
        assertThat(state.check.checkLines(room)).isEmpty();
    }

    @Test
    void refuseAPlanFromBeforeTheyStarted() {
        var room = state.newRoom();
        var create = state.key(room, "m.room.create", "");
        var topic = state.key(room, "m.room.topic", "");
        var tip = state.append(room, StateChange.added(create, 1));
        var lines = state.sideLines.lines(room);
        state.renewal.renew(room, tip, state.lease);
        var candidate =
                new LinePlanner.Candidate(
                        lines.main(), lines.main().tip(), List.of(StateChange.added(topic, 2)));
        var plan = state.mainLines.planner().after(lines, candidate, Standing.SOFT_FAILED);
        assertThatThrownBy(() -> state.writer.write(lines, plan))
                .isInstanceOf(StaleLinesException.class);
    }

    private StateLookup find(long room, StateRef ref, String member) {
        var key = new StateKey("m.room.member", member);
        return state.reader.find(room, ref, Set.of(key)).get(key);
    }

    private int epoch(long room) {
        return state.jdbc
                .sql("SELECT epoch FROM room WHERE room_nid = ?")
                .param(room)
                .query(Integer.class)
                .single();
    }

    private List<Integer> eventLines(long room) {
        return state.jdbc
                .sql("SELECT state_line FROM event WHERE room_nid = ?")
                .param(room)
                .query(Integer.class)
                .list();
    }

    private Map<Long, Long> state(long room, StateRef ref) {
        return events(state.reader.state(room, ref, StateSelection.whole()));
    }

    private Map<Long, Long> stateAt(long room, long position) {
        return events(
                state.reader
                        .stateAt(List.of(room), new Position(position), StateSelection.whole())
                        .get(room));
    }

    private Map<Long, Long> delta(long room, long since) {
        var window = new StateWindow(room, new Position(since), new Position(state.head()));
        return events(state.reader.delta(List.of(window), StateSelection.whole()).get(room));
    }

    private static Map<Long, Long> events(List<StateEntry> entries) {
        return entries.stream().collect(Collectors.toMap(StateEntry::keyNid, StateEntry::eventNid));
    }
}
