package dev.lares.core.state;

import dev.lares.core.log.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The lines of a new room on PostgreSQL, written and read as in operation.
final class PostgresLineStore implements LineStore {

    private final StateDatabase state;
    private final LineLimits limits;
    private final long room;
    private final Map<Integer, Long> keys = new HashMap<>();

    PostgresLineStore(StateDatabase state, LineLimits limits) {
        this.state = state;
        this.limits = limits;
        this.room = state.newRoom();
    }

    @Override
    public long key(int n) {
        return keys.computeIfAbsent(
                n,
                _ ->
                        n == 0
                                ? state.key(room, "m.room.create", "")
                                : state.key(room, n % 2 == 0 ? "m.room.member" : "a", "" + n));
    }

    @Override
    public StateRef append(List<StateChange> changes) {
        return state.append(room, changes.toArray(StateChange[]::new)).ref();
    }

    @Override
    public StateRef after(StateRef before, long key, long event, Standing standing) {
        return state.sideLines.after(room, before, key, event, standing).ref();
    }

    @Override
    public StateRef merge(List<StateRef> prevs, Map<Long, Long> resolved) {
        // Only what the prevs differ in, as state resolution gives it.
        var conflicted = new HashMap<Long, Long>();
        var first = state(prevs.getFirst());
        for (var prev : prevs) {
            SideLines.changes(first, state(prev))
                    .forEach(change ->
                            conflicted.put(
                                    change.keyNid(), resolved.getOrDefault(change.keyNid(), 0L)));
        }
        return state.sideLines.merge(room, prevs, conflicted).ref();
    }

    @Override
    public StateRef page(int page, Map<Long, Long> whole) {
        return state.sideLines.page(room, page, whole).ref();
    }

    @Override
    public Map<Long, Long> state(StateRef ref) {
        return events(state.reader.state(room, ref, StateSelection.whole()));
    }

    @Override
    public Map<Long, Long> stateAt(long position) {
        return events(
                state.reader
                        .stateAt(List.of(room), new Position(position), StateSelection.whole())
                        .getOrDefault(room, List.of()));
    }

    @Override
    public Map<Long, Long> delta(long since, long to) {
        var window = new StateWindow(room, new Position(since), new Position(to));
        return events(
                state.reader
                        .delta(List.of(window), StateSelection.whole())
                        .getOrDefault(room, List.of()));
    }

    private static Map<Long, Long> events(List<StateEntry> entries) {
        return entries.stream().collect(Collectors.toMap(StateEntry::keyNid, StateEntry::eventNid));
    }

    @Override
    public long head() {
        return state.head();
    }

    private StateVersion main() {
        var tip = state.mainLines.tips(List.of(room)).get(room);
        if (tip == null) {
            throw new AssertionError("the room has no main line");
        }
        return tip;
    }

    @Override
    public StateRef tip() {
        return main().ref();
    }

    @Override
    public void renew() {
        var tip = main();
        if (new LinePlanner(StateDatabase.hasher(), limits).needsRenewal(tip)) {
            state.renewal.renew(room, tip, state.lease);
        }
    }

    @Override
    public void collapse(Collection<StateRef> retained, long oldest) {
        state.writeEvents(room, retained, oldest);
        state.collapse.collapse(room);
    }

    @Override
    public long rows() {
        return state.jdbc
                .sql("SELECT count(*) FROM state_entry WHERE room_nid = :room")
                .param("room", room)
                .query(Long.class)
                .single();
    }

    @Override
    public int deepest() {
        return state.jdbc
                .sql("SELECT max(depth) FROM state_line WHERE room_nid = :room")
                .param("room", room)
                .query(Integer.class)
                .single();
    }

    @Override
    public List<String> findings() {
        return state.check.checkLines(room).stream().map(StateFinding::toString).toList();
    }
}
