package dev.lares.core.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What of a room's lines is still referred to.
///
/// @param oldest the smallest version of each line that stays; lines that are not named go
record CollapsePlan(Map<Integer, Integer> oldest) {
    CollapsePlan {
        oldest = Map.copyOf(oldest);
    }

    /// @param events states before events that stay
    /// @param atOldestPosition what was current at the oldest position that stays
    static CollapsePlan of(
            RoomLines lines, List<StateRef> events, Optional<StateRef> atOldestPosition) {
        var oldest = new HashMap<Integer, Integer>();
        var main = lines.main();
        keep(lines, oldest, main.tip().ref());
        atOldestPosition.ifPresent(ref -> keep(lines, oldest, ref));
        events.forEach(ref -> keep(lines, oldest, ref));
        var since = atOldestPosition.map(ref -> lines.get(ref.line())).orElse(main);
        for (var line : lines.all()) {
            if (line.isRoot() && (line.from().isEmpty() || RoomLines.isLater(line, since))) {
                // All of it: it was current after the oldest position, or is still being written.
                keep(lines, oldest, new StateRef(line.line(), 1));
            }
        }
        return new CollapsePlan(oldest);
    }

    /// A version needs what it stands on.
    private static void keep(RoomLines lines, Map<Integer, Integer> oldest, StateRef ref) {
        for (var at = Optional.of(ref); at.isPresent(); ) {
            oldest.merge(at.get().line(), at.get().ver(), Math::min);
            at = lines.get(at.get().line()).parent();
        }
    }
}
