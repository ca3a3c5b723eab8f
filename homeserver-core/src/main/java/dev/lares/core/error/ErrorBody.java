package dev.lares.core.error;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/// Writes [standard error
/// responses](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response). It has a
/// mapper of its own, since it also answers where the container refuses a request and no context is
/// at hand.
public final class ErrorBody {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ErrorBody() {}

    /// The UTF-8 bytes of the JSON object.
    ///
    /// @param details further members, such as `soft_logout`
    public static byte[] json(ErrorCode code, String message, Map<String, ?> details) {
        var body = new LinkedHashMap<String, Object>();
        body.put("errcode", code.name());
        body.put("error", message);
        body.putAll(details);
        return MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    static ResponseEntity<byte[]> of(MatrixException refusal) {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setCacheControl("no-store");
        if (refusal.details().get("retry_after_ms") instanceof Number millis) {
            // The header counts whole seconds: rounded up, so that who obeys is not refused again.
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString((millis.longValue() + 999) / 1000));
        }
        return ResponseEntity.status(refusal.status())
                .headers(headers)
                .body(
                        json(
                                refusal.code(),
                                String.valueOf(refusal.getMessage()),
                                refusal.details()));
    }
}
