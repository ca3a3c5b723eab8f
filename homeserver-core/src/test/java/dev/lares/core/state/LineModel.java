package dev.lares.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A room as whole maps, a copy for every event, beside the lines under test. Each step is made on
/// both and compared.
final class LineModel {
    /// An event with the state before it.
    ///
    /// @param key 0 where it is not a state event
    record Event(StateRef before, Map<Long, Long> state, long key, long nid, Standing standing) {
        Map<Long, Long> stateAfter() {
            if (key == 0 || standing == Standing.REJECTED) {
                return state;
            }
            var after = new HashMap<>(state);
            after.put(key, nid);
            return after;
        }
    }

    record Change(long pos, long key, long event) {}

    final LineStore store;
    final RandomGenerator random;
    final List<Event> events = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final NavigableMap<Long, Map<Long, Long>> current = new TreeMap<>();
    private final int keyCount;
    private long lastEvent;

    /// In how many of 100 conflicts the first state wins, besides its even chance.
    int loyalty;

    /// Changes of state that any way of storing only differences would have to store.
    long realChanges;

    LineModel(LineStore store, RandomGenerator random, int keyCount) {
        this.store = store;
        this.random = random;
        this.keyCount = keyCount;
        become(Map.of(store.key(0), newEvent()));
    }

    long newEvent() {
        return ++lastEvent;
    }

    long randomKey() {
        return store.key(random.nextInt(keyCount));
    }

    Map<Long, Long> now() {
        return current.lastEntry().getValue();
    }

    /// The current state becomes another.
    void become(Map<Long, Long> state) {
        var old = current.isEmpty() ? Map.<Long, Long>of() : now();
        var difference = SideLines.changes(old, state);
        if (difference.isEmpty()) {
            return;
        }
        var ref = store.append(difference);
        current.put(store.head(), Map.copyOf(state));
        difference.forEach(change ->
                changes.add(new Change(store.head(), change.keyNid(), change.newEventNid())));
        realChanges += difference.size();
        assertState(ref, state);
        assertThat(store.tip()).isEqualTo(ref);
    }

    /// An event on the current state, which it becomes part of.
    Event linear(long key) {
        var event = add(store.tip(), now(), key, Standing.ACCEPTED);
        become(event.stateAfter());
        return event;
    }

    Event add(StateRef before, Map<Long, Long> state, long key, Standing standing) {
        var event = new Event(before, state, key, newEvent(), standing);
        events.add(event);
        return event;
    }

    /// The version of the state after an event.
    StateRef after(Event event) {
        if (event.key() == 0) {
            return event.before();
        }
        var rows = store.rows();
        var ref = store.after(event.before(), event.key(), event.nid(), event.standing());
        realChanges += store.rows() > rows ? 1 : 0;
        assertState(ref, event.stateAfter());
        return ref;
    }

    /// An event that refers to others. Where their states differ, some resolution is made up.
    Event on(List<Event> prevs, long key, Standing standing) {
        var refs = prevs.stream().map(this::after).distinct().toList();
        var states = prevs.stream().map(Event::stateAfter).distinct().toList();
        if (states.size() == 1) {
            return add(refs.getFirst(), states.getFirst(), key, standing);
        }
        return add(merge(refs, resolve(states)), resolved, key, standing);
    }

    private Map<Long, Long> resolved = Map.of();

    private StateRef merge(List<StateRef> refs, Map<Long, Long> state) {
        resolved = state;
        var rows = store.rows();
        var ref = store.merge(refs, state);
        assertState(ref, state);
        if (store.rows() > rows) {
            realChanges += nearest(refs, state);
        }
        return ref;
    }

    private int nearest(List<StateRef> refs, Map<Long, Long> state) {
        var nearest = SideLines.changes(now(), state).size();
        for (var ref : refs) {
            nearest = Math.min(nearest, SideLines.changes(store.state(ref), state).size());
        }
        return Math.max(nearest, 1);
    }

    /// Each conflicted key gets the event of one of the states, or seldom none.
    Map<Long, Long> resolve(List<Map<Long, Long>> states) {
        var result = new HashMap<>(states.getFirst());
        for (var state : states) {
            for (var change : SideLines.changes(states.getFirst(), state)) {
                var winner =
                        states.get(
                                        random.nextInt(100) < loyalty
                                                ? 0
                                                : random.nextInt(states.size()))
                                .getOrDefault(change.keyNid(), 0L);
                if (change.keyNid() == store.key(0)) {
                    // The create event: no resolution takes it away, and a root without it is an
                    // error that the check of the database reports.
                    long create = winner;
                    for (var other : states) {
                        create = Math.max(create, other.getOrDefault(change.keyNid(), 0L));
                    }
                    result.put(change.keyNid(), winner == 0 ? create : winner);
                } else if (winner == 0 || loyalty == 0 && random.nextInt(50) == 0) {
                    result.remove(change.keyNid());
                } else {
                    result.put(change.keyNid(), winner);
                }
            }
        }
        return result;
    }

    void assertState(StateRef ref, Map<Long, Long> expected) {
        assertThat(store.state(ref)).as("the state at %s", ref).isEqualTo(expected);
    }

    /// Everything that may still be asked.
    void assertAll(long oldest) {
        for (var event : events) {
            assertState(event.before(), event.state());
        }
        for (var pos = oldest; pos <= store.head(); pos++) {
            assertThat(store.stateAt(pos))
                    .as("the state at position %s", pos)
                    .isEqualTo(current.floorEntry(pos).getValue());
        }
        for (var i = 0; i < 10; i++) {
            var since = oldest + random.nextLong(store.head() - oldest + 1);
            var to = since + random.nextLong(store.head() - since + 1);
            var delta = new HashMap<Long, Long>();
            changes.stream()
                    .filter(change -> change.pos() > since && change.pos() <= to)
                    .forEach(change -> delta.put(change.key(), change.event()));
            assertThat(store.delta(since, to))
                    .as("the delta from %s to %s", since, to)
                    .isEqualTo(delta);
        }
        assertThat(store.findings()).isEmpty();
    }
}
