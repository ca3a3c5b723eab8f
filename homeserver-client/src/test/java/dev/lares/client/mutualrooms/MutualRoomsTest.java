package dev.lares.client.mutualrooms;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class MutualRoomsTest {
    private static final String PATH = "/_matrix/client/v1/mutual_rooms?user_id={user}";
    private static final String UNSTABLE =
            "/_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms?user_id={user}";

    @ParameterizedTest
    @ValueSource(strings = {PATH, UNSTABLE})
    void areThoseThatBothAreIn(String path, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var both = alice.createRoom().joinedBy(bob);
        alice.createRoom();
        bob.createRoom();
        var left = alice.createRoom().joinedBy(bob, carol);
        assertThat(bob.leave(left)).isOk();
        alice.createRoom("{\"invite\":[\"%s\"]}".formatted(bob.id()));
        assertThat(alice.get(path, bob.id()))
                .isOk()
                .hasJson("{\"joined\":[\"%s\"],\"count\":1}".formatted(both.id()));
        assertThat(bob.get(path, alice.id())).isOk().hasJson("/count", "1");
        assertThat(bob.get(path, carol.id())).isOk().hasJson("{\"joined\":[],\"count\":0}");
    }

    @Test
    void comeAHundredAPage(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var expected = new ArrayList<String>();
        for (int i = 0; i < 101; i++) {
            expected.add(alice.createRoom().joinedBy(bob).id());
        }
        var found = new ArrayList<String>();
        var first = alice.get(PATH, bob.id());
        assertThat(first).isOk().hasJson("/count", "101");
        first.json("/joined").forEach(room -> found.add(room.stringValue()));
        assertThat(found).hasSize(100);
        var second = alice.get(PATH + "&from={from}", bob.id(), first.string("/next_batch"));
        assertThat(second).isOk().hasJson("/count", "101").lacksMember("/next_batch");
        second.json("/joined").forEach(room -> found.add(room.stringValue()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void areNoneWithWhoIsNotKnown(TestHomeserver server) {
        var alice = server.register("alice");
        for (var user : List.of("@nobody:localhost", "@somebody:example.org")) {
            assertThat(alice.get(PATH, user)).isOk().hasJson("{\"joined\":[],\"count\":0}");
        }
    }

    @Test
    void areRefusedForOneselfAndForWhatIsNoUser(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.get(PATH, alice.id())).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(alice.get(PATH, "alice")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(alice.get("/_matrix/client/v1/mutual_rooms"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
        var since = alice.sync().string("/next_batch");
        for (var from : List.of("x", since)) {
            assertThat(alice.get(PATH + "&from={from}", "@bob:localhost", from))
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
        }
        assertThat(server.get(PATH, alice.id())).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
    }
}
