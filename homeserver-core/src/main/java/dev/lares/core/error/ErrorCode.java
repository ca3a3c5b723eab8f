package dev.lares.core.error;

/// The codes of [standard error
/// responses](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response), each with
/// the HTTP status that goes with it where an endpoint says nothing else. Sorted.
public enum ErrorCode {
    M_BAD_ALIAS(400),
    M_BAD_JSON(400),
    M_BAD_STATE(400),
    M_CANNOT_LEAVE_SERVER_NOTICE_ROOM(403),
    M_DUPLICATE_ANNOTATION(400),
    M_EXCLUSIVE(400),
    M_FORBIDDEN(403),
    M_GUEST_ACCESS_FORBIDDEN(403),
    M_INCOMPATIBLE_ROOM_VERSION(400),
    M_INVALID_PARAM(400),
    M_INVALID_ROOM_STATE(400),
    M_INVALID_USERNAME(400),
    M_LIMIT_EXCEEDED(429),
    M_MISSING_PARAM(400),
    M_MISSING_TOKEN(401),
    M_NOT_FOUND(404),
    M_NOT_JSON(400),
    M_RESOURCE_LIMIT_EXCEEDED(400),
    M_ROOM_IN_USE(400),
    M_TOO_LARGE(413),
    M_UNABLE_TO_AUTHORISE_JOIN(400),
    M_UNABLE_TO_GRANT_JOIN(400),
    M_UNAUTHORIZED(401),
    M_UNKNOWN(500),
    M_UNKNOWN_POS(400),
    M_UNKNOWN_TOKEN(401),
    M_UNRECOGNIZED(404),
    M_UNSUPPORTED_ROOM_VERSION(400),
    M_USER_DEACTIVATED(403),
    M_USER_IN_USE(400),
    M_USER_LOCKED(401),
    M_WEAK_PASSWORD(400),
    M_WRONG_ROOM_KEYS_VERSION(403);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
