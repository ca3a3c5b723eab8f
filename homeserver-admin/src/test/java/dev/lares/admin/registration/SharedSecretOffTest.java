package dev.lares.admin.registration;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest
class SharedSecretOffTest {
    @Test
    void isRefusedUntilASecretIsSet(TestHomeserver server) {
        var path = "/_synapse/admin/v1/register";
        assertThat(server.get(path)).hasStatus(400).hasErrcode("M_UNKNOWN");
        var request =
                """
                {"nonce": "x", "username": "x", "password": "correct horse", "mac": "00"}
                """;
        assertThat(server.post(path, request)).hasStatus(400).hasErrcode("M_UNKNOWN");
    }
}
