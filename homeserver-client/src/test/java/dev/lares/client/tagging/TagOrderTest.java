package dev.lares.client.tagging;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest
class TagOrderTest {
    private static final String TAG = "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}";
    private static final String TAGS = "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags";

    @Test
    void mayBeAFraction(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.put(TAG, alice.id(), room.id(), "u.work", "{\"order\":0.25}")).isOk();
        assertThat(alice.get(TAGS, alice.id(), room.id()))
                .isOk()
                .hasJson("{\"tags\":{\"u.work\":{\"order\":0.25}}}");
    }

    @Test
    void isBetweenZeroAndOne(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.put(TAG, alice.id(), room.id(), "u.work", "{\"order\":1.5}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.put(TAG, alice.id(), room.id(), "u.work", "{\"order\":\"0.5\"}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.get(TAGS, alice.id(), room.id())).hasJson("{\"tags\":{}}");
    }
}
