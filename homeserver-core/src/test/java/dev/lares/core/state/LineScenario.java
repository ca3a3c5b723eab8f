package dev.lares.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A random history of a room: forks, merges of recent and of old events, rejected and soft-failed
/// events, resolutions that change the current state, pages of history, renewals and purges.
final class LineScenario {
    private final LineModel model;
    private final Random random;
    private long oldest;
    private int pages;

    LineScenario(LineStore store, long seed) {
        random = new Random(seed);
        model = new LineModel(store, random, 2 + random.nextInt(30));
        oldest = model.current.firstKey();
        for (var i = 0; i < 5; i++) {
            model.linear(model.randomKey());
        }
    }

    static void run(LineStore store, long seed, int steps) {
        try {
            var scenario = new LineScenario(store, seed);
            for (var i = 0; i < steps; i++) {
                scenario.step();
            }
            scenario.finish();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", " + steps + " steps: " + e, e);
        }
    }

    private void step() {
        var dice = random.nextInt(100);
        if (dice < 20) {
            model.linear(model.randomKey());
        } else if (dice < 30) {
            model.add(model.store.tip(), model.now(), 0, Standing.ACCEPTED);
        } else if (dice < 55) {
            arrive(recent(), 1);
        } else if (dice < 80) {
            arrive(recent(), 2 + random.nextInt(3));
        } else if (dice < 90) {
            arrive(model.events, 1 + random.nextInt(3));
        } else if (dice < 96) {
            page();
        } else if (dice < 98) {
            model.store.renew();
        } else {
            purge();
        }
    }

    private List<LineModel.Event> recent() {
        var events = model.events;
        return events.subList(Math.max(0, events.size() - 8), events.size());
    }

    /// An event of another server, on some of the given; it may change the current state.
    private void arrive(List<LineModel.Event> from, int count) {
        var prevs = new ArrayList<LineModel.Event>();
        for (var i = 0; i < count; i++) {
            prevs.add(from.get(random.nextInt(from.size())));
        }
        var key = random.nextInt(3) == 0 ? 0 : model.randomKey();
        var standing =
                switch (random.nextInt(10)) {
                    case 0 -> Standing.REJECTED;
                    case 1, 2 -> Standing.SOFT_FAILED;
                    default -> Standing.ACCEPTED;
                };
        var event = model.on(prevs, key, standing);
        if (standing == Standing.ACCEPTED && random.nextBoolean()) {
            model.become(model.resolve(List.of(model.now(), event.stateAfter())));
        }
    }

    private void page() {
        var event = model.events.get(random.nextInt(model.events.size()));
        var state = new HashMap<>(event.state());
        state.put(model.randomKey(), model.newEvent());
        pages++;
        var ref = model.store.page(pages, state);
        model.realChanges += 5;
        model.assertState(ref, state);
        model.add(ref, state, model.randomKey(), Standing.ACCEPTED);
    }

    private void purge() {
        var events = model.events;
        events.subList(0, random.nextInt(events.size())).clear();
        oldest += random.nextLong(model.store.head() - oldest + 1);
        var retained = events.stream().map(LineModel.Event::before);
        model.store.collapse(
                Stream.concat(retained, Stream.of(model.store.tip())).toList(), oldest);
        model.assertAll(oldest);
    }

    private void finish() {
        model.assertAll(oldest);
        assertThat(model.store.deepest()).isLessThanOrEqualTo(LineLimits.DEFAULT.depthMax());
        assertThat(model.store.rows())
                .as("rows for %s changes", model.realChanges)
                .isLessThanOrEqualTo(10 * model.realChanges);
    }
}
