package dev.lares.client.login;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.client.page.HtmlPage;
import dev.lares.core.web.SpecEndpoint;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// [Login fallback](https://spec.matrix.org/v1.19/client-server-api/#login-fallback): signs a
/// client in that knows no login flow.
@RestController
class LoginPageController {
    private static final String FORM =
            """
            <form id="login">
            <p id="problem" role="alert"></p>
            <label for="user">User name</label>
            <input id="user" name="user" autocomplete="username" autocapitalize="none" required>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password"
            required>
            <button>Sign in</button>
            </form>
            <noscript><p>This page hands the session to your client with JavaScript, which your
            browser does not run.</p></noscript>
            """;

    /// The query's parameters that are no credentials go to the login endpoint.
    private static final String SCRIPT =
            """

            const form = document.getElementById('login');
            const problem = document.getElementById('problem');
            form.addEventListener('submit', async event => {
                event.preventDefault();
                problem.textContent = '';
                const query = new URLSearchParams(location.search);
                const request = {
                    type: 'm.login.password',
                    identifier: {type: 'm.id.user', user: form.user.value},
                    password: form.password.value,
                };
                for (const name of ['device_id', 'initial_device_display_name']) {
                    if (query.has(name)) request[name] = query.get(name);
                }
                if (query.has('refresh_token')) {
                    request.refresh_token = query.get('refresh_token') === 'true';
                }
                try {
                    const response = await fetch('/_matrix/client/v3/login', {
                        method: 'POST',
                        headers: {'Content-Type': 'application/json'},
                        body: JSON.stringify(request),
                    });
                    const answer = await response.json();
                    if (!response.ok) {
                        problem.textContent = answer.error || answer.errcode;
                    } else if (window.matrixLogin && window.matrixLogin.onLogin) {
                        window.matrixLogin.onLogin(answer);
                    } else {
                        form.remove();
                        document.querySelector('main').append('You are signed in.');
                    }
                } catch (failure) {
                    problem.textContent = 'The server could not be reached.';
                }
            });
            """;

    /// `GET /_matrix/static/client/login/`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#login-fallback))
    @SpecEndpoint(operationId = "loginFallback", auth = NONE, rateLimited = false)
    @GetMapping("/_matrix/static/client/login/")
    ResponseEntity<byte[]> loginFallback() {
        return new HtmlPage(HttpStatus.OK, "Sign in", FORM, Optional.of(SCRIPT)).answer();
    }
}
