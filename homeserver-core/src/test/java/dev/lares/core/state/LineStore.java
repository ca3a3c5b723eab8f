package dev.lares.core.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// One room's lines, in memory or on PostgreSQL, for tests that compare them with a naive map.
interface LineStore {
    /// The number of the n-th key of the room.
    long key(int n);

    /// The next change of the current state, at the next position.
    StateRef append(List<StateChange> changes);

    StateRef after(StateRef before, long key, long event, Standing standing);

    /// @param resolved the whole resolved state
    StateRef merge(List<StateRef> prevs, Map<Long, Long> resolved);

    StateRef page(int page, Map<Long, Long> state);

    Map<Long, Long> state(StateRef ref);

    Map<Long, Long> stateAt(long position);

    Map<Long, Long> delta(long since, long to);

    long head();

    /// The main line's tip.
    StateRef tip();

    void renew();

    /// Purges what neither events with these states nor positions from `oldest` on need.
    void collapse(Collection<StateRef> retained, long oldest);

    /// Rows that hold an entry.
    long rows();

    int deepest();

    /// Contradictions in what is stored.
    List<String> findings();
}
