package dev.lares.client.authfallback;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestCaller;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest
class AuthFallbackTest {
    private static final String PAGE =
            "/_matrix/client/v3/auth/{stage}/fallback/web?session={session}";
    private static final String FORM = "/_matrix/client/v3/auth/{stage}/fallback/web";
    private static final String REGISTER = "/_matrix/client/v3/register";

    @Test
    void passesAStageThatTheClientDoesNotKnow(TestHomeserver server) {
        var request = "{\"username\": \"%s\", \"password\": \"correct horse\"%s}";
        var session = server.post(REGISTER, request.formatted("fallback", "")).string("/session");
        var page = server.get(PAGE, "m.login.dummy", session);
        assertThat(page).isOk();
        assertThat(page.text()).contains("<form method=\"post\">").contains(session);

        var retry = request.formatted("fallback", ", \"auth\": {\"session\": \"" + session + "\"}");
        assertThat(server.post(REGISTER, retry)).hasStatus(401);
        var done = server.post(FORM, "m.login.dummy", form("session", session));
        assertThat(done).isOk();
        assertThat(done.text())
                .contains("window.onAuthDone()")
                .contains("window.opener.postMessage(\"authDone\", \"*\")");
        assertThat(done.header("Content-Security-Policy").orElseThrow())
                .contains("script-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(server.post(REGISTER, retry))
                .isOk()
                .hasJson("/user_id", "\"@fallback:localhost\"");
    }

    @Test
    void checksThePasswordOfWhoAsked(TestHomeserver server) {
        var alice = server.register("alice");
        var path = "/_matrix/client/v1/login/get_token";
        var session = alice.post(path, "{}").string("/session");
        var wrong =
                server.post(
                        FORM,
                        "m.login.password",
                        form("session", session) + "&" + form("password", "wrong"));
        assertThat(wrong).hasStatus(401);
        assertThat(wrong.text()).contains("role=\"alert\"");
        var retry = "{\"auth\": {\"session\": \"%s\"}}".formatted(session);
        assertThat(alice.post(path, retry)).hasStatus(401);
        assertThat(
                        server.post(
                                FORM,
                                "m.login.password",
                                form("session", session)
                                        + "&"
                                        + form("password", alice.password())))
                .isOk();
        assertThat(alice.post(path, retry)).isOk().hasMember("/login_token");
        assertThat(alice.post(path, retry)).hasStatus(401);
    }

    @Test
    void saysWhenASessionIsNotKnown(TestHomeserver server) {
        var page = server.get(PAGE, "m.login.dummy", "<script>alert(1)</script>");
        assertThat(page).hasStatus(404);
        assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.text()).doesNotContain("<script>");
        assertThat(server.post(FORM, "m.login.dummy", "session=guess")).hasStatus(404);
        assertThat(server.post(FORM, "m.login.dummy", "")).hasStatus(404);
        assertThat(server.post(FORM, "m.login.dummy", "session=%zz"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void hasNoPageForOtherStages(TestHomeserver server) {
        assertThat(server.get(PAGE, "m.login.magic", "x"))
                .hasStatus(404)
                .hasErrcode("M_UNRECOGNIZED");
        assertThat(server.get("/_matrix/client/v3/auth/m.login.dummy/fallback/web"))
                .hasStatus(400)
                .hasErrcode("M_MISSING_PARAM");
    }

    private static String form(String name, String value) {
        return name + "=" + TestCaller.encode(value);
    }
}
