package dev.lares.client.ratelimit;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest(
        properties = {
            "lares.ratelimit.enabled=true",
            "lares.ratelimit.limits.registration.burst=100",
            "lares.ratelimit.limits.registration.per-second=100",
            "lares.ratelimit.limits.message.burst=2",
            "lares.ratelimit.limits.message.per-second=0.001",
        })
class RateLimitTest {
    private static final String SEND =
            "/_matrix/client/v3/rooms/{roomId}/send/m.room.message/{txnId}";

    @Test
    void refusesWhoSendsTooMuchAndSaysWhenToComeAgain(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        assertThat(alice.put(SEND, room.id(), "1", "{\"body\":\"1\"}")).isOk();
        assertThat(alice.put(SEND, room.id(), "2", "{\"body\":\"2\"}")).isOk();
        var refused = alice.put(SEND, room.id(), "3", "{\"body\":\"3\"}");
        assertThat(refused)
                .hasStatus(429)
                .hasErrcode("M_LIMIT_EXCEEDED")
                .hasHeader("Access-Control-Allow-Origin", "*");
        assertThat(refused.json("/retry_after_ms").longValue()).isBetween(900_000L, 1_000_000L);
        assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow()))
                .isBetween(900L, 1_000L);
        assertThat(bob.put(SEND, room.id(), "1", "{\"body\":\"mine\"}")).isOk();
        var seen = alice.get("/_matrix/client/v3/rooms/{roomId}/messages?dir=b&limit=3", room.id());
        assertThat(seen).hasJson("/chunk/0/content/body", "\"mine\"");
        assertThat(seen).hasJson("/chunk/1/content/body", "\"2\"");
    }
}
