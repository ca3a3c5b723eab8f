package dev.lares.core.append;

import dev.lares.core.state.SideLines;
import dev.lares.core.state.StateComparison;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateRef;
import dev.lares.core.state.StateSelection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Finds in what states differ.
@Component
class StateViews {
    private final SideLines lines;
    private final StateComparison comparison;
    private final StateReader reader;

    StateViews(SideLines lines, StateComparison comparison, StateReader reader) {
        this.lines = lines;
        this.comparison = comparison;
        this.reader = reader;
    }

    /// What states have at the places in which any two of them may differ. Elsewhere all are the
    /// same.
    ///
    /// @param keys numbers of these places
    /// @param values by view, what stands there; absent places are missing
    record Difference(Set<Long> keys, Map<StateView, Map<Long, Long>> values) {
        long value(StateView view, long key) {
            return values.getOrDefault(view, Map.of()).getOrDefault(key, 0L);
        }
    }

    Difference compare(long roomNid, Collection<StateView> views) {
        var refs = views.stream().map(StateView::ref).distinct().toList();
        var stored = comparison.compare(lines.lines(roomNid), refs);
        var keys = new HashSet<Long>();
        stored.values().forEach(state -> keys.addAll(state.keySet()));
        var own = new HashSet<Long>();
        views.forEach(view -> view.change().ifPresent(change -> own.add(change.keyNid())));
        own.removeAll(keys);
        keys.addAll(own);
        var values = new HashMap<StateView, Map<Long, Long>>();
        for (var ref : refs) {
            var state = new HashMap<>(stored.getOrDefault(ref, Map.of()));
            if (!own.isEmpty()) {
                state.putAll(reader.events(roomNid, ref, own));
            }
            views.stream()
                    .filter(view -> view.ref().equals(ref))
                    .forEach(view -> values.put(view, with(view, state)));
        }
        return new Difference(keys, values);
    }

    private static Map<Long, Long> with(StateView view, Map<Long, Long> stored) {
        var state = new HashMap<>(stored);
        view.change().ifPresent(change -> state.put(change.keyNid(), change.newEventNid()));
        return state;
    }

    /// A whole stored state, its places with their numbers.
    List<StateEntry> whole(long roomNid, StateRef ref) {
        return reader.state(roomNid, ref, StateSelection.whole());
    }
}
