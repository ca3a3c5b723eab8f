package dev.lares.client.whoami;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class WhoamiTest {
    @ParameterizedTest
    @ValueSource(strings = {"v3", "r0"})
    void saysWhoseTokenItIs(String version, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.get("/_matrix/client/" + version + "/account/whoami"))
                .isOk()
                .hasJson(
                        """
                        {"user_id": "%s", "device_id": "%s", "is_guest": false}
                        """
                                .formatted(alice.id(), alice.deviceId()));
    }

    @Test
    void isRefusedWithoutAGoodToken(TestHomeserver server) {
        var path = "/_matrix/client/v3/account/whoami";
        assertThat(server.get(path)).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        assertThat(server.get(path + "?access_token=guess"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(server.get(path + "?access_token=%00"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
    }
}
