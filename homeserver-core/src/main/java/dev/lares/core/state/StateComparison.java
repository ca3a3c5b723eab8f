package dev.lares.core.state;

import dev.lares.core.state.StateComparisonRepository.Stretch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Finds in what several versions differ, without reading what they have in common: from each back
/// to where they branched off one another, only entries above that are read.
@Service
public class StateComparison {
    private final StateComparisonRepository repository;
    private final StateReader reader;

    StateComparison(StateComparisonRepository repository, StateReader reader) {
        this.repository = repository;
        this.reader = reader;
    }

    /// What each version has at the keys in which any two of them may differ; absent keys are
    /// missing. Keys that no map names are the same in all.
    public Map<StateRef, Map<Long, Long>> compare(RoomLines lines, Collection<StateRef> refs) {
        var distinct = List.copyOf(new HashSet<>(refs));
        var keys = new HashSet<Long>();
        for (var other : distinct.subList(1, distinct.size())) {
            keys.addAll(keysBetween(lines, distinct.getFirst(), other));
        }
        var states = new HashMap<StateRef, Map<Long, Long>>();
        for (var ref : distinct) {
            states.put(ref, keys.isEmpty() ? Map.of() : reader.events(lines.roomNid(), ref, keys));
        }
        return states;
    }

    private Set<Long> keysBetween(RoomLines lines, StateRef one, StateRef other) {
        var stretches = stretches(versions(lines, one), versions(lines, other));
        if (stretches.isPresent()) {
            return new HashSet<>(repository.findKeys(lines.roomNid(), stretches.get()));
        }
        // Two roots have nothing in common that the lines know of.
        var keys = new HashSet<Long>();
        var first = wholeState(lines, one);
        var second = wholeState(lines, other);
        first.forEach((key, event) -> addIfDifferent(keys, key, event, second.get(key)));
        second.forEach((key, event) -> addIfDifferent(keys, key, event, first.get(key)));
        return keys;
    }

    private static void addIfDifferent(Set<Long> keys, long key, long event, @Nullable Long other) {
        if (other == null || other != event) {
            keys.add(key);
        }
    }

    /// Where the two paths meet, and all above; empty where they do not meet.
    private static Optional<List<Stretch>> stretches(
            Map<Integer, Integer> one, Map<Integer, Integer> other) {
        var stretches = new ArrayList<Stretch>();
        var met = Optional.<Integer>empty();
        for (var step : one.entrySet()) {
            if (other.containsKey(step.getKey())) {
                met = Optional.of(step.getKey());
                break;
            }
            stretches.add(new Stretch(step.getKey(), 0, step.getValue()));
        }
        if (met.isEmpty()) {
            return Optional.empty();
        }
        var line = met.get();
        for (var step : other.entrySet()) {
            if (step.getKey().equals(line)) {
                break;
            }
            stretches.add(new Stretch(step.getKey(), 0, step.getValue()));
        }
        var versions = List.of(one.getOrDefault(line, 0), other.getOrDefault(line, 0));
        stretches.add(
                new Stretch(
                        line,
                        Math.min(versions.getFirst(), versions.getLast()),
                        Math.max(versions.getFirst(), versions.getLast())));
        return Optional.of(stretches);
    }

    /// The versions that make up a state, by line, from the line itself upwards.
    private static Map<Integer, Integer> versions(RoomLines lines, StateRef ref) {
        var versions = new LinkedHashMap<Integer, Integer>();
        for (var at = Optional.of(ref); at.isPresent(); ) {
            versions.put(at.get().line(), at.get().ver());
            at = lines.get(at.get().line()).parent();
        }
        return versions;
    }

    private Map<Long, Long> wholeState(RoomLines lines, StateRef ref) {
        return reader.state(lines.roomNid(), ref, StateSelection.whole()).stream()
                .collect(Collectors.toMap(StateEntry::keyNid, StateEntry::eventNid));
    }
}
