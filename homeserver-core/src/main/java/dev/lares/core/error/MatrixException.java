package dev.lares.core.error;

import java.util.Map;
import java.util.Objects;

/// A refusal that the caller is told of. The message is for a client's developer and holds no
/// secret.
public final class MatrixException extends RuntimeException {
    private static final int RETRY_AFTER_MILLIS = 1_000;

    private final ErrorCode code;
    private final int status;
    private final transient Map<String, ?> details;

    public MatrixException(ErrorCode code, String message) {
        this(code, code.status(), message, Map.of());
    }

    public MatrixException(ErrorCode code, int status, String message) {
        this(code, status, message, Map.of());
    }

    /// @param details further members of the error's JSON object, such as `retry_after_ms`
    public MatrixException(ErrorCode code, int status, String message, Map<String, ?> details) {
        super(message);
        this.code = code;
        this.status = status;
        this.details = Map.copyOf(details);
    }

    /// The server cannot do it now; the client is to come again in a second.
    public static MatrixException unavailable(String message) {
        return new MatrixException(
                ErrorCode.M_UNKNOWN, 503, message, Map.of("retry_after_ms", RETRY_AFTER_MILLIS));
    }

    public ErrorCode code() {
        return code;
    }

    public int status() {
        return status;
    }

    public Map<String, ?> details() {
        return details;
    }

    /// Every refusal says why.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// A refusal is an answer, not a fault: no stack is walked for it.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
