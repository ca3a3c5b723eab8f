package dev.lares.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;

@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateReaderTest {
    private static final StateKey CREATE = new StateKey("m.room.create", "");
    private static final StateKey TOPIC = new StateKey("m.room.topic", "");
    private static final StateKey ALICE = new StateKey("m.room.member", "@alice:example.org");
    private static final StateKey BOB = new StateKey("m.room.member", "@bob:example.org");

    private StateDatabase state;
    private long room;
    private long create;
    private long topic;
    private long alice;
    private long bob;
    private StateVersion created;
    private StateVersion joined;
    private StateVersion left;
    private Position afterCreate;
    private Position afterJoin;

    @BeforeAll
    void write(TestDatabase database) {
        state = new StateDatabase(database);
        room = state.newRoom();
        create = state.key(room, "m.room.create", "");
        topic = state.key(room, "m.room.topic", "");
        alice = state.key(room, "m.room.member", "@alice:example.org");
        bob = state.key(room, "m.room.member", "@bob:example.org");
        created = state.append(room, StateChange.added(create, 1));
        afterCreate = new Position(state.head());
        state.append(room, StateChange.added(alice, 2));
        joined = state.append(room, StateChange.added(topic, 3), StateChange.added(bob, 4));
        afterJoin = new Position(state.head());
        state.append(room, new StateChange(topic, 3, 5));
        left = state.append(room, new StateChange(bob, 4, 0));
    }

    @AfterAll
    void close() {
        state.close();
    }

    @Test
    void findsTheEventOfEachVersion() {
        assertThat(state.reader.find(room, joined.ref(), TOPIC))
                .isEqualTo(new StateLookup.Known(3));
        assertThat(state.reader.find(room, left.ref(), TOPIC)).isEqualTo(new StateLookup.Known(5));
    }

    @Test
    void findsNothingBeforeAKeyWasSetOrAfterItWasRemoved() {
        assertThat(state.reader.find(room, created.ref(), TOPIC))
                .isEqualTo(new StateLookup.Absent());
        assertThat(state.reader.find(room, left.ref(), BOB)).isEqualTo(new StateLookup.Absent());
        assertThat(state.reader.find(room, left.ref(), new StateKey("m.room.name", "")))
                .isEqualTo(new StateLookup.Absent());
    }

    @Test
    void saysUnknownForMembershipsOnlyWhereTheStateIsPartial() {
        var partial = state.newRoom();
        var key = state.key(partial, "m.room.create", "");
        var change =
                state.mainLines
                        .planner()
                        .first(StateExtent.PARTIAL, List.of(StateChange.added(key, 1)));
        state.append(Map.of(partial, List.of(change)));
        var found = state.reader.find(partial, change.version().ref(), Set.of(CREATE, TOPIC, BOB));
        assertThat(found)
                .isEqualTo(
                        Map.of(
                                CREATE, new StateLookup.Known(1),
                                TOPIC, new StateLookup.Absent(),
                                BOB, new StateLookup.Unknown()));
    }

    @Test
    void readsTheWholeStateAtAVersion() {
        assertThat(events(state.reader.state(room, joined.ref(), StateSelection.whole())))
                .isEqualTo(Map.of(CREATE, 1L, ALICE, 2L, TOPIC, 3L, BOB, 4L));
        assertThat(events(state.reader.state(room, left.ref(), StateSelection.whole())))
                .isEqualTo(Map.of(CREATE, 1L, ALICE, 2L, TOPIC, 5L));
    }

    @Test
    void readsPartsOfTheStateAtAVersion() {
        var ref = left.ref();
        assertThat(events(state.reader.state(room, ref, StateSelection.withoutMembers())))
                .isEqualTo(Map.of(CREATE, 1L, TOPIC, 5L));
        assertThat(
                        events(
                                state.reader.state(
                                        room,
                                        ref,
                                        new StateSelection.Types(Set.of("m.room.member")))))
                .isEqualTo(Map.of(ALICE, 2L));
        assertThat(
                        events(
                                state.reader.state(
                                        room, ref, new StateSelection.Keys(Set.of(TOPIC, BOB)))))
                .isEqualTo(Map.of(TOPIC, 5L));
    }

    @Test
    void readsSideLinesThroughTheirParents() {
        var side = state.sideLines.after(room, joined.ref(), topic, 9, Standing.ACCEPTED);
        assertThat(side.ref().line()).isNotEqualTo(joined.ref().line());
        assertThat(events(state.reader.state(room, side.ref(), StateSelection.whole())))
                .isEqualTo(Map.of(CREATE, 1L, ALICE, 2L, TOPIC, 9L, BOB, 4L));
        assertThat(events(state.reader.state(room, side.ref(), StateSelection.withoutMembers())))
                .isEqualTo(Map.of(CREATE, 1L, TOPIC, 9L));
        assertThat(state.reader.events(room, side.ref(), List.of(topic, bob, create)))
                .isEqualTo(Map.of(topic, 9L, bob, 4L, create, 1L));
    }

    @Test
    void readsManyRoomsAsOfAPosition() {
        var other = state.newRoom();
        var key = state.key(other, "m.room.create", "");
        state.append(other, StateChange.added(key, 1));
        var rooms = List.of(room, other);
        var now = new Position(state.head());
        assertThat(events(state.reader.stateAt(rooms, now, StateSelection.whole())))
                .isEqualTo(
                        Map.of(
                                room, Map.of(CREATE, 1L, ALICE, 2L, TOPIC, 5L),
                                other, Map.of(CREATE, 1L)));
        assertThat(events(state.reader.stateAt(rooms, afterJoin, StateSelection.whole())))
                .isEqualTo(Map.of(room, Map.of(CREATE, 1L, ALICE, 2L, TOPIC, 3L, BOB, 4L)));
        assertThat(events(state.reader.stateAt(rooms, now, StateSelection.withoutMembers())))
                .isEqualTo(Map.of(room, Map.of(CREATE, 1L, TOPIC, 5L), other, Map.of(CREATE, 1L)));
        assertThat(
                        events(
                                state.reader.stateAt(
                                        Map.of(room, Set.of(ALICE, BOB), other, Set.of(TOPIC)),
                                        afterJoin)))
                .isEqualTo(Map.of(room, Map.of(ALICE, 2L, BOB, 4L)));
        assertThat(state.reader.refsAt(rooms, afterJoin)).isEqualTo(Map.of(room, joined.ref()));
    }

    @Test
    void readsWhatChangedInAWindow() {
        var window = new StateWindow(room, afterCreate, new Position(afterJoin.value() + 1));
        assertThat(events(state.reader.delta(List.of(window), StateSelection.whole())))
                .isEqualTo(Map.of(room, Map.of(ALICE, 2L, TOPIC, 5L, BOB, 4L)));
        var whole = new StateWindow(room, afterJoin, new Position(state.head()));
        assertThat(events(state.reader.delta(List.of(whole), StateSelection.whole())))
                .isEqualTo(Map.of(room, Map.of(TOPIC, 5L, BOB, 0L)));
        assertThat(events(state.reader.delta(List.of(whole), StateSelection.withoutMembers())))
                .isEqualTo(Map.of(room, Map.of(TOPIC, 5L)));
    }

    @Test
    void readsTheCurrentStateForSetBasedQueries() {
        assertThat(events(state.reader.current(List.of(room), StateSelection.whole())))
                .isEqualTo(Map.of(room, Map.of(CREATE, 1L, ALICE, 2L, TOPIC, 5L)));
        assertThat(
                        events(
                                state.reader.current(
                                        List.of(room), new StateSelection.Keys(Set.of(TOPIC)))))
                .isEqualTo(Map.of(room, Map.of(TOPIC, 5L)));
    }

    @Test
    void refusesAVersionThatDoesNotContinueTheMainLine() {
        var side = state.sideLines.after(room, joined.ref(), topic, 10, Standing.ACCEPTED);
        var change = state.mainLines.planner().next(side, List.of(StateChange.added(bob, 11)));
        var head = state.head();
        assertThatThrownBy(() -> state.append(Map.of(room, List.of(change))))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("main line");
        assertThat(state.reader.stateAt(List.of(room), new Position(head), StateSelection.whole()))
                .isEqualTo(
                        state.reader.stateAt(
                                List.of(room), new Position(head + 1), StateSelection.whole()));
    }

    @Test
    void numbersAKeyOnce() {
        assertThat(state.keys.intern(room, List.of(TOPIC, BOB)))
                .isEqualTo(Map.of(TOPIC, topic, BOB, bob));
        assertThat(state.keys.find(state.newRoom(), List.of(TOPIC))).isEmpty();
    }

    private static Map<Long, Map<StateKey, Long>> events(Map<Long, List<StateEntry>> rooms) {
        return rooms.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, room -> events(room.getValue())));
    }

    private static Map<StateKey, Long> events(Collection<StateEntry> entries) {
        return entries.stream().collect(Collectors.toMap(StateEntry::key, StateEntry::eventNid));
    }
}
