package dev.lares.client.registration;

import static dev.lares.client.registration.RegistrationTest.REGISTER;
import static dev.lares.client.registration.RegistrationTest.available;
import static dev.lares.client.registration.RegistrationTest.body;
import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest(properties = "lares.registration.mode=closed")
class ClosedRegistrationTest {
    @Test
    void isRefused(TestHomeserver server) {
        assertThat(server.post(REGISTER, "{}")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(
                        server.post(
                                REGISTER,
                                body("alice", ", \"auth\": {\"type\": \"m.login.dummy\"}")))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(server.post(REGISTER + "?kind=guest", "{}"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }

    @Test
    void tellsNobodyWhichNamesAreTaken(TestHomeserver server) {
        assertThat(available(server, "alice")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(
                        server.get(
                                "/_matrix/client/v1/register/m.login.registration_token/validity"
                                        + "?token=x"))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
    }
}
