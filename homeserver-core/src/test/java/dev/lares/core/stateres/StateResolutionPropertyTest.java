package dev.lares.core.stateres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What must hold of state resolution in any room. Each room comes from a seed, which a failure
/// names.
class StateResolutionPropertyTest {
    private static final int ROOMS = 40;
    private static final int ROOMS_NIGHTLY = 3_000;
    private static final int RESOLUTIONS = 4;
    private static final List<RoomVersion> VERSIONS =
            List.of(
                    RoomVersion.V1,
                    RoomVersion.V2,
                    RoomVersion.V6,
                    RoomVersion.V8,
                    RoomVersion.V11,
                    RoomVersion.V12);

    @Test
    void agreesWithTheProseAndIgnoresTheOrderOfItsInput() {
        check(0, ROOMS);
    }

    @Test
    @Tag("nightly")
    void agreesWithTheProseInManyRooms() {
        check(ROOMS, ROOMS_NIGHTLY);
    }

    private static void check(int from, int to) {
        for (int seed = from; seed < to; seed++) {
            for (var version : VERSIONS) {
                check(version, seed);
            }
        }
    }

    private static void check(RoomVersion version, int seed) {
        var random = new Random(seed * 31L + version.ordinal());
        var grown = RandomRoom.grow(version, 12 + random.nextInt(60), random);
        var room = grown.room();
        for (int i = 0; i < RESOLUTIONS; i++) {
            var name = "version " + version + ", seed " + seed + ", resolution " + i;
            var states = grown.states();
            var resolved = room.resolve(states, random);

            assertThat(room.resolve(states, random)).as(name).isEqualTo(resolved);
            var byProse =
                    version == RoomVersion.V1
                            ? NaiveResolutionV1.resolve(room, states)
                            : NaiveResolution.resolve(room, states);
            assertThat(resolved).as(name).isEqualTo(byProse);
        }
    }
}
