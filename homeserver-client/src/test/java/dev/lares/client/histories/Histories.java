package dev.lares.client.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Histories made of random steps. Each step has a seed of its own and decides by it and by what
/// there is, so that any part of a history can be played: one that fails is made shorter.
final class Histories {
    /// How often a failing history is played again to make it shorter.
    private static final int REPLAYS_MAX = 60;

    private Histories() {}

    /// Plays a history from its beginning, in rooms and with users of its own, and fails where
    /// something does not hold.
    interface Play {
        /// @param seed of what is there before the first step
        /// @param log to be filled with what was done, for who reads of a failure
        void play(int seed, List<Long> steps, List<String> log);
    }

    /// Plays one history for each seed.
    static void forSeeds(int from, int to, int length, Play play) {
        for (int seed = from; seed < to; seed++) {
            var steps = LongStream.generate(new SplittableRandom(seed)::nextLong).limit(length);
            check(seed, steps.boxed().toList(), play);
        }
    }

    private static void check(int seed, List<Long> steps, Play play) {
        var failed = attempt(seed, steps, play);
        if (failed == null) {
            return;
        }
        var smallest = shrink(seed, failed, play);
        throw new AssertionError(
                "seed %d, %d of %d steps:%n%s%n"
                                .formatted(
                                        seed,
                                        smallest.steps().size(),
                                        steps.size(),
                                        String.join("\n", smallest.log()))
                        + smallest.failure().getMessage(),
                smallest.failure());
    }

    /// Leaves out stretches, half of it at first, single steps at last.
    private static Failed shrink(int seed, Failed first, Play play) {
        var smallest = first;
        int replays = 0;
        for (int size = first.steps().size() / 2; size > 0; size /= 2) {
            int at = smallest.steps().size() - size;
            while (at >= 0 && replays++ < REPLAYS_MAX) {
                var fewer = new ArrayList<>(smallest.steps());
                fewer.subList(at, Math.min(fewer.size(), at + size)).clear();
                var failed = attempt(seed, fewer, play);
                smallest = failed == null ? smallest : failed;
                at -= size;
            }
        }
        return smallest;
    }

    private static @Nullable Failed attempt(int seed, List<Long> steps, Play play) {
        var log = new ArrayList<String>();
        try {
            play.play(seed, steps, log);
            return null;
        } catch (AssertionError | RuntimeException failure) {
            return new Failed(steps, log, failure);
        }
    }

    private record Failed(List<Long> steps, List<String> log, Throwable failure) {}
}
