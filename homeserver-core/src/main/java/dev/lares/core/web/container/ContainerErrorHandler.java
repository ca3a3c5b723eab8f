package dev.lares.core.web.container;

import dev.lares.core.error.ErrorBody;
import dev.lares.core.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers with a [standard error
/// response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response) where the
/// container itself refuses a request, from bad percent signs to headers that are too large.
final class ContainerErrorHandler extends ErrorHandler {
    private static final String JSON = "application/json";

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        StandardHeaders.addAbsent(response.getHeaders());
        response.write(true, ByteBuffer.wrap(body(status)), callback);
    }

    private static byte[] body(int status) {
        return ErrorBody.json(code(status), HttpStatus.getMessage(status), Map.of());
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            // Nearly always a path that is not UTF-8, or a broken percent sign.
            case HttpStatus.BAD_REQUEST_400 -> ErrorCode.M_INVALID_PARAM;
            case HttpStatus.UNAUTHORIZED_401 -> ErrorCode.M_UNAUTHORIZED;
            case HttpStatus.FORBIDDEN_403 -> ErrorCode.M_FORBIDDEN;
            case HttpStatus.NOT_FOUND_404, HttpStatus.METHOD_NOT_ALLOWED_405 ->
                    ErrorCode.M_UNRECOGNIZED;
            case HttpStatus.PAYLOAD_TOO_LARGE_413,
                    HttpStatus.URI_TOO_LONG_414,
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                    ErrorCode.M_TOO_LARGE;
            case HttpStatus.TOO_MANY_REQUESTS_429 -> ErrorCode.M_LIMIT_EXCEEDED;
            default -> ErrorCode.M_UNKNOWN;
        };
    }
}
