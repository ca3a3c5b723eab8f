package dev.lares.client.capabilities;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.web.SpecEndpoints;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class CapabilitiesTest {
    @ParameterizedTest
    @ValueSource(strings = {"/_matrix/client/v3/capabilities", "/_matrix/client/r0/capabilities"})
    void nameRoomVersionsAndWhatUsersMayChange(String path, TestHomeserver server) {
        var endpoints = server.bean(SpecEndpoints.class);
        assertThat(server.register("alice").get(path))
                .isOk()
                .hasJson(
                        "/capabilities/m.room_versions",
                        """
                        {"default": "12",
                         "available": {
                             "1": "stable", "2": "stable", "3": "stable", "4": "stable",
                             "5": "stable", "6": "stable", "7": "stable", "8": "stable",
                             "9": "stable", "10": "stable", "11": "stable", "12": "stable"}}
                        """)
                .hasJson(
                        "/capabilities/m.change_password",
                        "{\"enabled\":" + endpoints.has("changePassword") + "}")
                .hasJson(
                        "/capabilities/m.3pid_changes",
                        "{\"enabled\":" + endpoints.has("add3PID") + "}")
                .hasJson(
                        "/capabilities/m.set_displayname",
                        "{\"enabled\":" + endpoints.has("setProfileField") + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_matrix/client/v3/capabilities", "/_matrix/client/r0/capabilities"})
    void areForUsersOnly(String path, TestHomeserver server) {
        assertThat(server.get(path)).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        assertThat(server.get(path + "?access_token=stale"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
    }
}
