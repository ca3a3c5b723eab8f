package dev.lares.core.stateres;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.roomversion.RoomVersionRules.StateResolution;
import java.util.BitSet;

/// [State resolution v2](https://spec.matrix.org/v1.19/rooms/v2/#state-resolution) and
/// [v2.1](https://spec.matrix.org/v1.19/rooms/v12/#state-resolution), which differ in the events
/// that they put in question and in the state from which they start.
final class ResolutionV2 {
    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");

    private ResolutionV2() {}

    static StateMap resolve(StateConflict conflict, ResolutionEvents events) {
        var graph = conflict.graph();
        var checks = new IterativeAuthChecks(events, start(conflict));
        // Step 1: the power events and what they rest on, as far as it is in question.
        var power = new BitSet();
        conflict.full().stream().filter(e -> isPowerEvent(events.get(e))).forEach(power::set);
        var first = AuthChains.below(graph, power);
        first.and(conflict.full());
        // Step 2
        checks.apply(new PowerOrdering(graph, events).sort(first));
        // Step 3: the rest, by the power levels that came out.
        var rest = (BitSet) conflict.full().clone();
        rest.andNot(first);
        var mainline = new MainlineOrdering(graph, events, checks.find(POWER_LEVELS));
        // Step 4
        checks.apply(mainline.sort(rest));
        // Step 5: what was never in question stays.
        return finish(conflict, events, checks);
    }

    /// Step 2: v2 starts from what is not in conflict, v2.1 from nothing.
    private static StateMap start(StateConflict conflict) {
        StateResolution algorithm = conflict.version().rules().stateResolution();
        return switch (algorithm) {
            case V2_1 -> StateMap.of(new int[0], new int[0]);
            case V1, V2 -> conflict.unconflicted();
        };
    }

    /// *Power events* might take away somebody's ability to do something.
    private static boolean isPowerEvent(Pdu event) {
        if (!event.isState()) {
            return false;
        }
        return switch (event.type()) {
            case "m.room.power_levels", "m.room.join_rules" -> true;
            case "m.room.member" -> {
                var membership = event.content().path("membership").stringValueOpt().orElse("");
                yield (membership.equals("leave") || membership.equals("ban"))
                        && !event.stateKey().orElseThrow().equals(event.sender().value());
            }
            default -> false;
        };
    }

    private static StateMap finish(
            StateConflict conflict, ResolutionEvents events, IterativeAuthChecks checks) {
        var keys = new int[checks.applied().size()];
        var numbers = new int[keys.length];
        int count = 0;
        for (var entry : checks.applied().entrySet()) {
            int key = events.keyOf(entry.getKey());
            if (conflict.unconflicted().find(key) < 0) {
                keys[count] = key;
                numbers[count++] = entry.getValue();
            }
        }
        return conflict.withUnconflicted(
                java.util.Arrays.copyOf(keys, count), java.util.Arrays.copyOf(numbers, count));
    }
}
