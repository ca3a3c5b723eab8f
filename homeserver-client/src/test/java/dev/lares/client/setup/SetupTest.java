package dev.lares.client.setup;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.AccountService;
import dev.lares.core.account.SetupLinkService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import org.junit.jupiter.api.Test;

/// One test: an administrator is made for the first time once in a server's life.
@HomeserverTest(properties = "lares.registration.mode=closed")
class SetupTest {
    private static final String PATH = "/_lares/setup";

    @Test
    void makesTheFirstAdministratorOnce(TestHomeserver server) {
        var links = server.bean(SetupLinkService.class);
        var accounts = server.bean(AccountService.class);
        var link = links.create().orElseThrow();
        var other = links.create().orElseThrow();
        var token = link.substring(link.indexOf('=') + 1);

        assertThat(server.get(PATH)).hasStatus(404);
        assertThat(server.get(PATH + "?token=guess")).hasStatus(404);
        assertThat(submit(server, "guess", "root", "correct horse", "correct horse"))
                .hasStatus(404);
        var page = server.get(link);
        assertThat(page).isOk();
        assertThat(page.text())
                .contains("<label for=\"username\">")
                .contains("lang=\"en\"")
                .doesNotContain("<script");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self'")
                .doesNotContain("script-src")
                .doesNotContain("unsafe");
        assertThat(page.header("Referrer-Policy").orElseThrow()).isEqualTo("no-referrer");

        var differing = submit(server, token, "root", "correct horse", "other horse");
        assertThat(differing).hasStatus(400);
        assertThat(differing.text()).contains("role=\"alert\"");
        assertThat(submit(server, token, "root", "short", "short")).hasStatus(400);
        var invalid = submit(server, token, "<b>", "correct horse", "correct horse");
        assertThat(invalid).hasStatus(400);
        assertThat(invalid.text()).doesNotContain("<b>");
        assertThat(accounts.adminExists()).isFalse();

        assertThat(submit(server, token, "root", "correct horse", "correct horse")).isOk();
        assertThat(accounts.get(new UserId("@root:localhost")).admin()).isTrue();
        assertThat(submit(server, token, "root2", "correct horse", "correct horse")).hasStatus(404);
        assertThat(server.get(other)).hasStatus(404);
        assertThat(links.create()).isEmpty();
        assertThat(
                        server.post(
                                "/_matrix/client/v3/login",
                                """
                                {"type": "m.login.password", "user": "root",
                                 "password": "correct horse"}
                                """))
                .isOk();
    }

    private static TestResponse submit(
            TestHomeserver server, String token, String name, String password, String repeated) {
        return server.post(
                PATH,
                "token=%s&username=%s&password=%s&repeated=%s"
                        .formatted(
                                token,
                                name.replace("<", "%3C").replace(">", "%3E"),
                                password.replace(' ', '+'),
                                repeated.replace(' ', '+')));
    }
}
