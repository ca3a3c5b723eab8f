package dev.lares.core.stateres;

import dev.lares.core.event.StateKey;
import java.util.HashMap;
import java.util.Map;

/// Numbers for the keys of states; the same for the same key as long as a resolution lasts.
@FunctionalInterface
public interface StateKeys {
    /// The key's number, not negative. Resolution also asks for keys that no state has.
    int number(StateKey key);

    /// Numbers that are given as keys come. Not for several threads.
    static StateKeys counting() {
        Map<StateKey, Integer> numbers = new HashMap<>();
        return key -> numbers.computeIfAbsent(key, _ -> numbers.size());
    }
}
