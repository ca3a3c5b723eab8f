package dev.lares.core.state;

import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Version lines say the same as a map of the whole state for each event, whatever happens. A
/// failure prints its seed and its number of steps: give both to [LineScenario#run] to see it
/// again.
@ExtendWith(TestDatabaseExtension.class)
class StateLinesPropertyTest {
    /// Roots are renewed often here, since rooms are small.
    private static final LineLimits LIMITS = new LineLimits(8, 32, 24, 4, 20);

    @Test
    void agreeWithWholeMaps() {
        inMemory(1_000, 50);
    }

    @Test
    void agreeWithWholeMapsInLongRooms() {
        inMemory(10, 600);
    }

    @Test
    void agreeWithWholeMapsOnPostgres(TestDatabase database) {
        onPostgres(database, 25, 50);
    }

    @Test
    @Tag("nightly")
    void agreeWithWholeMapsInManyRooms() {
        inMemory(20_000, 80);
    }

    @Test
    @Tag("nightly")
    void agreeWithWholeMapsInManyLongRooms() {
        inMemory(300, 1_000);
    }

    @Test
    @Tag("nightly")
    void agreeWithWholeMapsInManyRoomsOnPostgres(TestDatabase database) {
        onPostgres(database, 500, 80);
    }

    private static void inMemory(int cases, int steps) {
        var first = RandomGenerator.getDefault().nextLong();
        for (var i = 0; i < cases; i++) {
            LineScenario.run(new MemoryLineStore(LIMITS), first + i, steps);
        }
    }

    private static void onPostgres(TestDatabase database, int cases, int steps) {
        var first = RandomGenerator.getDefault().nextLong();
        try (var state = new StateDatabase(database)) {
            for (var i = 0; i < cases; i++) {
                LineScenario.run(new PostgresLineStore(state, LIMITS), first + i, steps);
            }
        }
    }
}
