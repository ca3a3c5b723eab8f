package dev.lares.client.accountdata;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest
class AccountDataDeletionTest {
    private static final String STABLE = "/_matrix/client/v3";
    private static final String UNSTABLE = "/_matrix/client/unstable/org.matrix.msc3391";
    private static final String GLOBAL = "/user/{userId}/account_data/{type}";
    private static final String ROOM = "/user/{userId}/rooms/{roomId}/account_data/{type}";

    @Test
    void isToldOnceAndNotAtFirst(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        assertThat(alice.put(STABLE + GLOBAL, alice.id(), "org.x", "{\"a\":1}")).isOk();
        assertThat(alice.put(STABLE + ROOM, alice.id(), room.id(), "org.y", "{\"b\":1}")).isOk();
        var since = alice.sync().string("/next_batch");
        for (int i = 0; i < 2; i++) {
            assertThat(alice.delete(UNSTABLE + GLOBAL, alice.id(), "org.x")).isOk().hasJson("{}");
            assertThat(alice.delete(UNSTABLE + ROOM, alice.id(), room.id(), "org.y")).isOk();
        }
        assertThat(alice.get(STABLE + GLOBAL, alice.id(), "org.x"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(alice.get(STABLE + ROOM, alice.id(), room.id(), "org.y")).hasStatus(404);
        assertThat(alice.syncSince(since))
                .isOk()
                .hasJson("/account_data/events", "[{\"type\":\"org.x\",\"content\":{}}]")
                .hasJson(
                        "/rooms/join/" + room.id() + "/account_data/events",
                        "[{\"type\":\"org.y\",\"content\":{}}]");
        assertThat(alice.sync().text()).doesNotContain("org.x").doesNotContain("org.y");
        assertThat(alice.put(STABLE + GLOBAL, alice.id(), "org.x", "{\"a\":2}")).isOk();
        assertThat(alice.get(STABLE + GLOBAL, alice.id(), "org.x")).hasJson("{\"a\":2}");
        assertThat(alice.sync().text()).contains("org.x");
    }

    @Test
    void isNothingWhereThereIsNothing(TestHomeserver server) {
        var alice = server.register("alice");
        var since = alice.sync().string("/next_batch");
        assertThat(alice.delete(UNSTABLE + GLOBAL, alice.id(), "org.x")).isOk();
        assertThat(alice.syncSince(since)).lacksMember("/account_data");
    }

    @Test
    void isRefusedForOthersAndForWhatTheServerKeeps(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(alice.put(STABLE + GLOBAL, alice.id(), "org.x", "{\"a\":1}")).isOk();
        assertThat(bob.delete(UNSTABLE + GLOBAL, alice.id(), "org.x"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(bob.delete(UNSTABLE + ROOM, bob.id(), room.id(), "org.x"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(alice.delete(UNSTABLE + GLOBAL, alice.id(), "m.push_rules"))
                .hasStatus(405)
                .hasErrcode("M_BAD_JSON");
        assertThat(server.delete(UNSTABLE + GLOBAL, alice.id(), "org.x"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
        assertThat(alice.get(STABLE + GLOBAL, alice.id(), "org.x")).hasJson("{\"a\":1}");
    }
}
