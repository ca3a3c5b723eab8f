package dev.lares.client.registration;

import static dev.lares.client.registration.RegistrationTest.REGISTER;
import static dev.lares.client.registration.RegistrationTest.available;
import static dev.lares.client.registration.RegistrationTest.body;
import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import org.junit.jupiter.api.Test;

@HomeserverTest(properties = {"lares.domain=one.example", "lares.domains=two.example:8448"})
class TwoDomainsTest {
    private static final String DUMMY = ", \"auth\": {\"type\": \"m.login.dummy\"}";

    @Test
    void haveAccountsOfTheSameName(TestHomeserver server) {
        var two = server.onHost("two.example:8448");
        assertThat(server.post(REGISTER, body("alice", DUMMY)))
                .isOk()
                .hasJson("/user_id", "\"@alice:one.example\"");
        assertThat(available(two, "alice")).isOk();
        assertThat(two.post(REGISTER, body("alice", DUMMY)))
                .isOk()
                .hasJson("/user_id", "\"@alice:two.example:8448\"");
        assertThat(available(two, "alice")).hasStatus(400).hasErrcode("M_USER_IN_USE");
    }

    @Test
    void signInByLocalpartOfTheHostOrByUserIdOfAnyDomain(TestHomeserver server) {
        var two = server.onHost("two.example:8448");
        assertThat(two.post(REGISTER, body("bob", DUMMY))).isOk();
        assertThat(login(two, "bob")).isOk().hasJson("/user_id", "\"@bob:two.example:8448\"");
        assertThat(login(server, "bob")).hasStatus(403).hasErrcode("M_FORBIDDEN");
        assertThat(login(server, "@bob:two.example:8448")).isOk();
    }

    private static TestResponse login(TestHomeserver server, String user) {
        return server.post(
                "/_matrix/client/v3/login",
                """
                {"type": "m.login.password", "user": "%s", "password": "correct horse"}
                """
                        .formatted(user));
    }
}
