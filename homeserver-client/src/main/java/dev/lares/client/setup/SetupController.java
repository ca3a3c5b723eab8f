package dev.lares.client.setup;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.client.page.HtmlPage;
import dev.lares.core.account.SetupLinkService;
import dev.lares.core.web.RequestDomain;
import dev.lares.core.web.SpecEndpoint;
import dev.lares.core.web.body.FormBody;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The first administrator's page. Whoever has the link may use it, once.
@RestController
class SetupController {
    private final SetupService setup;

    SetupController(SetupService setup) {
        this.setup = setup;
    }

    /// `GET /_lares/setup?token=…`: the form.
    @SpecEndpoint(operationId = "setupPage", auth = NONE, rateLimited = true)
    @GetMapping(SetupLinkService.PATH)
    ResponseEntity<byte[]> setupPage(
            RequestDomain domain, @RequestParam(defaultValue = "") String token) {
        if (!setup.isOpen(token)) {
            return closed().answer();
        }
        return form(domain, token, "", HttpStatus.OK, Optional.empty()).answer();
    }

    /// `POST /_lares/setup`: makes the account.
    @SpecEndpoint(operationId = "setup", auth = NONE, rateLimited = true)
    @PostMapping(SetupLinkService.PATH)
    ResponseEntity<byte[]> setup(RequestDomain domain, FormBody form) {
        var token = form.first("token").orElse("");
        var username = form.first("username").orElse("");
        var password = form.first("password").orElse("");
        if (!setup.isOpen(token)) {
            return closed().answer();
        }
        if (!password.equals(form.first("repeated").orElse(""))) {
            return form(
                            domain,
                            token,
                            username,
                            HttpStatus.BAD_REQUEST,
                            Optional.of("The two passwords differ"))
                    .answer();
        }
        var problem = setup.createAdmin(token, username, password, domain.name());
        if (problem.isPresent()) {
            return form(domain, token, username, HttpStatus.BAD_REQUEST, problem).answer();
        }
        return HtmlPage.of(
                        "The administrator has been made",
                        "<p>You can sign in with any Matrix client now, as <strong>%s</strong>.</p>"
                                .formatted(HtmlPage.escape(username)))
                .answer();
    }

    private static HtmlPage form(
            RequestDomain domain,
            String token,
            String username,
            HttpStatus status,
            Optional<String> problem) {
        var content =
                """
                %s
                <p>This makes the first account on %s, and its owner the administrator.</p>
                <form method="post" action="%s">
                <input type="hidden" name="token" value="%s">
                <label for="username">User name</label>
                <input id="username" name="username" value="%s" autocomplete="username"
                autocapitalize="none" spellcheck="false" maxlength="200" required autofocus>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="new-password"
                required>
                <label for="repeated">The same password again</label>
                <input id="repeated" name="repeated" type="password" autocomplete="new-password"
                required>
                <button>Make the administrator</button>
                </form>
                """
                        .formatted(
                                HtmlPage.alert(problem),
                                HtmlPage.escape(domain.name().value()),
                                SetupLinkService.PATH,
                                HtmlPage.escape(token),
                                HtmlPage.escape(username));
        return new HtmlPage(status, "Welcome to Lares", content, Optional.empty());
    }

    private static HtmlPage closed() {
        return HtmlPage.refusal(
                HttpStatus.NOT_FOUND,
                "This link does not work any more",
                "It works once and for a day. While there is no administrator, each start of the"
                        + " server prints a new one.");
    }
}
