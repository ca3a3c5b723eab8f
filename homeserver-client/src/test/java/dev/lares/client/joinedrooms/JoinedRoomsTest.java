package dev.lares.client.joinedrooms;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest
class JoinedRoomsTest {
    private static final String PATH = "/_matrix/client/v3/joined_rooms";

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.get(PATH)).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void listsTheRoomsThatTheUserIsIn(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        assertThat(bob.get(PATH)).isOk().hasJson("{\"joined_rooms\":[]}");
        var joined = alice.createRoom().joinedBy(bob);
        var left = alice.createRoom().joinedBy(bob);
        alice.createRoom("{\"invite\":[\"%s\"]}".formatted(bob.id()));
        assertThat(bob.leave(left)).isOk();
        assertThat(bob.get(PATH)).hasJson("{\"joined_rooms\":[\"%s\"]}".formatted(joined.id()));
    }
}
