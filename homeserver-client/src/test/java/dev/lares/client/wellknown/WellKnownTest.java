package dev.lares.client.wellknown;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WellKnownTest {
    @HomeserverTest
    @Nested
    class WithoutSettings {
        @Test
        void sendsClientsToWhereTheyAsked(TestHomeserver server) {
            assertThat(server.onHost("two.example:8448").get("/.well-known/matrix/client"))
                    .isOk()
                    .hasJson("{\"m.homeserver\":{\"base_url\":\"http://two.example:8448\"}}")
                    .hasHeader("Access-Control-Allow-Origin", "*");
        }

        @Test
        void hasNothingForServersAndNoContacts(TestHomeserver server) {
            assertThat(server.get("/.well-known/matrix/server"))
                    .hasStatus(404)
                    .hasErrcode("M_NOT_FOUND");
            assertThat(server.get("/.well-known/matrix/support"))
                    .hasStatus(404)
                    .hasErrcode("M_NOT_FOUND");
        }
    }

    @HomeserverTest(
            properties = {
                "lares.well-known.client-base-url=https://matrix.example.org",
                "lares.well-known.client-extra={\"io.element.e2ee\":{\"default\":true}}",
                "lares.well-known.server=matrix.example.org:443",
                "lares.well-known.support-page=https://example.org/help",
                "lares.well-known.contacts[0].matrix-id=@admin:example.org",
                "lares.well-known.contacts[1].role=m.role.security",
                "lares.well-known.contacts[1].email-address=security@example.org",
            })
    @Nested
    class WithSettings {
        @Test
        void sendsClientsToTheServer(TestHomeserver server) {
            assertThat(server.get("/.well-known/matrix/client"))
                    .isOk()
                    .hasJson(
                            """
                            {"m.homeserver": {"base_url": "https://matrix.example.org"},
                             "io.element.e2ee": {"default": true}}
                            """);
        }

        @Test
        void sendsServersToTheServer(TestHomeserver server) {
            assertThat(server.get("/.well-known/matrix/server"))
                    .isOk()
                    .hasJson("{\"m.server\":\"matrix.example.org:443\"}");
        }

        @Test
        void namesContacts(TestHomeserver server) {
            assertThat(server.get("/.well-known/matrix/support"))
                    .isOk()
                    .hasJson(
                            """
                            {"contacts": [
                                 {"role": "m.role.admin", "matrix_id": "@admin:example.org"},
                                 {"role": "m.role.security",
                                  "email_address": "security@example.org"}],
                             "support_page": "https://example.org/help"}
                            """);
        }
    }
}
