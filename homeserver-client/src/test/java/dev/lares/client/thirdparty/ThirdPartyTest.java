package dev.lares.client.thirdparty;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.List;
import org.junit.jupiter.api.Test;

@HomeserverTest
class ThirdPartyTest {
    private static final String PATH = "/_matrix/client/v3/thirdparty/";

    @Test
    void knowsNoNetworks(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.get(PATH + "protocols")).isOk().hasJson("{}");
        for (var path : List.of("location/irc?channel=x", "user/irc")) {
            assertThat(alice.get(PATH + path)).isOk().hasJson("[]");
        }
        for (var path :
                List.of(
                        "protocol/irc",
                        "location?alias=%23a:localhost",
                        "user?userid=%40a:localhost")) {
            assertThat(alice.get(PATH + path)).hasStatus(404).hasErrcode("M_NOT_FOUND");
            assertThat(server.get(PATH + path)).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        }
        for (var path : List.of("location", "user")) {
            assertThat(alice.get(PATH + path)).hasStatus(400).hasErrcode("M_MISSING_PARAM");
        }
    }
}
