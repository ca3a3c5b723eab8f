package dev.lares.client.versions;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.RawHttp;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.web.SpecEndpoints;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest
class VersionsTest {
    private static final String PATH = "/_matrix/client/versions";

    @Test
    void nameEachVersionThatClientsTestFor(TestHomeserver server) {
        var response = server.get(PATH);
        assertThat(response)
                .isOk()
                .hasJson(
                        "/versions",
                        """
                        ["r0.0.1", "r0.1.0", "r0.2.0", "r0.3.0", "r0.4.0", "r0.5.0", "r0.6.0",
                         "r0.6.1", "v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6", "v1.7", "v1.8",
                         "v1.9", "v1.10", "v1.11", "v1.12"]
                        """);
    }

    @Test
    void mayBeCachedByAnybody(TestHomeserver server) {
        var response = server.get(PATH);
        assertThat(response.headers().get("Cache-Control")).hasSize(1);
        assertThat(response.header("Cache-Control").orElseThrow())
                .contains("max-age=600")
                .contains("public");
    }

    @Test
    void promiseNoFeatureWhoseEndpointsAreMissing(TestHomeserver server) {
        var features = server.get(PATH).json("/unstable_features");
        var endpoints = server.bean(SpecEndpoints.class);
        for (var feature : UnstableFeature.values()) {
            assertThat(features.path(feature.flag()).asBoolean(false))
                    .as(feature.flag())
                    .isEqualTo(feature.operations().stream().allMatch(endpoints::has));
        }
    }

    @Test
    void areToldToClientsWithStaleTokens(TestHomeserver server) {
        var headers = Map.of("Authorization", "Bearer stale");
        assertThat(RawHttp.exchange(server.port(), "GET", PATH, headers, new byte[0])).isOk();
    }

    @Test
    void areOnlyRead(TestHomeserver server) {
        assertThat(server.post(PATH, "{}")).hasStatus(405).hasErrcode("M_UNRECOGNIZED");
    }
}
