package dev.lares.client.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/// A page of ours. Its [content security policy](https://www.w3.org/TR/CSP3/) lets nothing run and
/// nothing load but its own style and its own script.
///
/// @param title shown in the window's title and as the page's heading
/// @param content HTML below the heading; what comes from elsewhere is [escaped][#escape] in it
/// @param script runs when the page has been read
public record HtmlPage(HttpStatus status, String title, String content, Optional<String> script) {
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final String STYLE =
            """
            body{font:1rem/1.5 system-ui,sans-serif;color:#1b1d22;background:#fff;max-width:30rem;\
            margin:2rem auto;padding:0 1rem}\
            h1{font-size:1.4rem}label,input,button{display:block;font:inherit}\
            input{box-sizing:border-box;width:100%;padding:.5rem;margin:.25rem 0 1rem;\
            border:1px solid #6b7280;border-radius:.25rem}\
            input[type=checkbox]{display:inline;width:auto;margin-right:.5rem}\
            button{padding:.5rem 1.5rem;border:0;border-radius:.25rem;background:#0b5ca8;color:#fff}\
            [role=alert]{color:#a3141e;font-weight:600}\
            :focus-visible{outline:3px solid #f2a900;outline-offset:2px}\
            """;

    /// A page that people fill in or read, without a script.
    public static HtmlPage of(String title, String content) {
        return new HtmlPage(HttpStatus.OK, title, content, Optional.empty());
    }

    /// A page that says what went wrong.
    public static HtmlPage refusal(HttpStatus status, String title, String text) {
        return new HtmlPage(status, title, "<p>" + escape(text) + "</p>", Optional.empty());
    }

    /// A paragraph that screen readers speak at once; nothing where there is nothing to say.
    public static String alert(Optional<String> text) {
        return text.map(words -> "<p role=\"alert\">" + escape(words) + "</p>").orElse("");
    }

    public static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    public ResponseEntity<byte[]> answer() {
        var html =
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                %s
                </main>
                %s
                </body>
                </html>
                """
                        .formatted(
                                escape(title),
                                STYLE,
                                escape(title),
                                content,
                                script.map(code -> "<script>" + code + "</script>").orElse(""));
        return ResponseEntity.status(status)
                .contentType(HTML)
                .header("Content-Security-Policy", policy())
                .header("Cache-Control", "no-store")
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    private String policy() {
        return "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
                + "; style-src '"
                + hash(STYLE)
                + "'"
                + script.map(code -> "; connect-src 'self'; script-src '" + hash(code) + "'")
                        .orElse("");
    }

    private static String hash(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
