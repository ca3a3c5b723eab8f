package dev.lares.client.authfallback;

import dev.lares.client.page.HtmlPage;
import dev.lares.core.account.RegistrationProperties;
import dev.lares.core.uia.UiaStage;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// The pages of the stages.
@Component
class StagePages {
    /// The specification's way of telling the client.
    private static final String DONE_SCRIPT =
            """
            if (window.onAuthDone) {
                window.onAuthDone();
            } else if (window.opener && window.opener.postMessage) {
                window.opener.postMessage("authDone", "*");
            }
            """;

    private final RegistrationProperties registration;

    StagePages(RegistrationProperties registration) {
        this.registration = registration;
    }

    HtmlPage form(UiaStage stage, String session, HttpStatus status, Optional<String> problem) {
        var fields =
                switch (stage) {
                    case PASSWORD ->
                            """
                            <label for="password">Your password</label>
                            <input id="password" name="password" type="password"
                            autocomplete="current-password" required autofocus>
                            """;
                    case REGISTRATION_TOKEN ->
                            """
                            <label for="token">Registration token</label>
                            <input id="token" name="token" autocomplete="off" autocapitalize="none"
                            maxlength="64" required autofocus>
                            """;
                    case TERMS -> documents();
                    case DUMMY -> "<p>Nothing is asked of you.</p>";
                };
        var content =
                """
                %s
                <form method="post">
                <input type="hidden" name="session" value="%s">
                %s
                <button>Continue</button>
                </form>
                """
                        .formatted(HtmlPage.alert(problem), HtmlPage.escape(session), fields);
        return new HtmlPage(status, "Confirm that it is you", content, Optional.empty());
    }

    static HtmlPage done() {
        return new HtmlPage(
                HttpStatus.OK,
                "Thank you",
                "<p>You can close this window and go on in your client.</p>",
                Optional.of(DONE_SCRIPT));
    }

    static HtmlPage expired() {
        return HtmlPage.refusal(
                HttpStatus.NOT_FOUND,
                "This page has expired",
                "Please go back to your client and begin again.");
    }

    private String documents() {
        var items =
                registration.terms().values().stream()
                        .flatMap(policy -> policy.languages().entrySet().stream())
                        .map(entry ->
                                "<li><a target=\"_blank\" rel=\"noopener\" hreflang=\"%s\" href=\"%s\">%s</a></li>"
                                        .formatted(
                                                HtmlPage.escape(entry.getKey()),
                                                HtmlPage.escape(entry.getValue().url().toString()),
                                                HtmlPage.escape(entry.getValue().name())))
                        .collect(Collectors.joining("\n"));
        return """
        <p>Please read these documents:</p>
        <ul>
        %s
        </ul>
        <p><label><input type="checkbox" name="accepted" value="yes" required>I accept them</label></p>
        """
                .formatted(items);
    }
}
