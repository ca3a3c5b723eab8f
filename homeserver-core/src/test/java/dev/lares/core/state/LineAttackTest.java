package dev.lares.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Histories that make simple rules store a copy of the state with each event, or stand lines on
/// lines without end.
class LineAttackTest {
    private static final long SEED = 20261124;

    private final LineModel room =
            new LineModel(new MemoryLineStore(LineLimits.DEFAULT), new Random(SEED), 500);

    @Test
    void aForkThatTakesTheTipBeforeEachMergeCostsLittle() {
        fill(200);
        var fork = room.linear(room.randomKey());
        var side = room.on(List.of(room.events.get(50)), room.randomKey(), Standing.ACCEPTED);
        for (var i = 0; i < 1_000; i++) {
            var thief = room.on(List.of(side), room.randomKey(), Standing.ACCEPTED);
            room.on(List.of(thief), room.randomKey(), Standing.ACCEPTED);
            side = room.on(List.of(side, fork), room.randomKey(), Standing.ACCEPTED);
            fork = room.linear(room.randomKey());
        }
        assertCheap();
    }

    @Test
    void aForkThatWinsEachMergeAndLosesTheTipCostsLittle() {
        fill(200);
        room.loyalty = 98;
        var side = room.on(List.of(room.events.get(50)), room.randomKey(), Standing.ACCEPTED);
        for (var i = 0; i < 1_000; i++) {
            var thief = room.on(List.of(side), room.randomKey(), Standing.ACCEPTED);
            room.on(List.of(thief), room.randomKey(), Standing.ACCEPTED);
            var honest = room.linear(room.randomKey());
            side = room.on(List.of(side, honest), room.randomKey(), Standing.ACCEPTED);
        }
        assertCheap();
    }

    @Test
    void mergesFromOldVersionsCostLittle() {
        fill(100);
        var left = room.on(List.of(room.events.get(40)), room.randomKey(), Standing.ACCEPTED);
        var right = room.on(List.of(room.events.get(60)), room.randomKey(), Standing.ACCEPTED);
        for (var i = 0; i < 200; i++) {
            left = room.on(List.of(left), room.randomKey(), Standing.ACCEPTED);
            right = room.on(List.of(right), room.randomKey(), Standing.ACCEPTED);
        }
        var count = room.events.size();
        for (var i = 0; i < 500; i++) {
            var one = room.events.get(room.random.nextInt(count));
            var other = room.events.get(room.random.nextInt(count));
            room.on(List.of(one, other), room.randomKey(), Standing.ACCEPTED);
        }
        assertCheap();
    }

    @Test
    void aThousandPagesOfHistoryCostLittle() {
        fill(300);
        var state = new HashMap<>(room.now());
        for (var page = 1; page <= 1_000; page++) {
            for (var i = 0; i < 12; i++) {
                change(state);
            }
            var ref = room.store.page(page, Map.copyOf(state));
            room.realChanges += 12;
            room.assertState(ref, state);
            var event = room.add(ref, Map.copyOf(state), room.randomKey(), Standing.ACCEPTED);
            room.on(List.of(event), room.randomKey(), Standing.ACCEPTED);
        }
        assertCheap();
    }

    private void change(Map<Long, Long> state) {
        var key = room.randomKey();
        if (state.size() > 100 && room.random.nextInt(4) == 0) {
            state.remove(key);
        } else {
            state.put(key, room.newEvent());
        }
    }

    @Test
    void chainsOfSoftFailedStateCostLittle() {
        fill(50);
        var event = room.events.get(20);
        for (var i = 0; i < 2_000; i++) {
            event = room.on(List.of(event), room.randomKey(), Standing.SOFT_FAILED);
        }
        assertCheap();
    }

    @Test
    void softFailedStateNeverTakesTheTip() {
        fill(10);
        var honest = room.on(List.of(room.events.get(5)), room.randomKey(), Standing.ACCEPTED);
        var tip = room.after(honest);
        var failed = room.on(List.of(honest), room.randomKey(), Standing.SOFT_FAILED);
        var passed = room.on(List.of(honest), room.randomKey(), Standing.ACCEPTED);
        assertThat(room.after(failed).line()).isNotEqualTo(tip.line());
        assertThat(room.after(passed)).isEqualTo(new StateRef(tip.line(), tip.ver() + 1));
    }

    @Test
    void rejectedEventsChangeNothing() {
        fill(10);
        var rejected = room.on(List.of(room.events.get(5)), room.randomKey(), Standing.REJECTED);
        var rows = room.store.rows();
        assertThat(room.after(rejected)).isEqualTo(rejected.before());
        assertThat(room.store.rows()).isEqualTo(rows);
    }

    @Test
    void aForkOnEveryForkStaysShallow() {
        fill(50);
        var event = room.events.get(20);
        for (var i = 0; i < 700; i++) {
            for (var j = 0; j < 3; j++) {
                event = room.on(List.of(event), room.randomKey(), Standing.ACCEPTED);
            }
            var fork = room.events.get(room.events.size() - 2);
            event = room.on(List.of(fork), room.randomKey(), Standing.ACCEPTED);
        }
        assertCheap();
    }

    @Test
    void manyForksOfADeepLineCostLittle() {
        fill(50);
        var event = room.events.get(20);
        for (var i = 0; i < 40; i++) {
            for (var j = 0; j < 30; j++) {
                event = room.on(List.of(event), room.randomKey(), Standing.ACCEPTED);
            }
            event = room.on(List.of(event), room.randomKey(), Standing.SOFT_FAILED);
        }
        var deep = event;
        for (var i = 0; i < 1_000; i++) {
            var fork = room.on(List.of(deep), room.randomKey(), Standing.SOFT_FAILED);
            room.on(List.of(fork), 0, Standing.ACCEPTED);
        }
        assertCheap();
    }

    private void fill(int changes) {
        for (var i = 0; i < changes; i++) {
            room.linear(room.randomKey());
        }
    }

    private void assertCheap() {
        assertThat(room.store.rows())
                .as("rows for %s changes", room.realChanges)
                .isLessThanOrEqualTo(10 * room.realChanges);
        assertThat(room.store.deepest()).isLessThanOrEqualTo(LineLimits.DEFAULT.depthMax());
        assertThat(room.store.findings()).isEmpty();
    }
}
