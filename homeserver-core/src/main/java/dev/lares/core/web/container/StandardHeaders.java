package dev.lares.core.web.container;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/// The headers of every answer: [what browsers
/// need](https://spec.matrix.org/v1.19/client-server-api/#web-browser-clients), and what keeps an
/// answer from being taken for a page or a script. An endpoint that sets one itself keeps its own.
final class StandardHeaders {
    private static final List<HttpField> FIELDS =
            List.of(
                    new PreEncodedHttpField("Access-Control-Allow-Origin", "*"),
                    new PreEncodedHttpField(
                            "Access-Control-Allow-Methods",
                            "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS"),
                    new PreEncodedHttpField(
                            "Access-Control-Allow-Headers",
                            "X-Requested-With, Content-Type, Authorization, Date"),
                    new PreEncodedHttpField(
                            "Access-Control-Expose-Headers", "Retry-After, ETag, X-Request-Id"),
                    new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
                    new PreEncodedHttpField(
                            "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'"),
                    new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
                    new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
                    new PreEncodedHttpField("X-Frame-Options", "DENY"));

    private StandardHeaders() {}

    static void addAbsent(HttpFields.Mutable headers) {
        for (HttpField field : FIELDS) {
            if (!headers.contains(field.getName())) {
                headers.add(field);
            }
        }
    }
}
