package dev.lares.core.error;

/// The codes of [standard error
/// responses](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response), each with
/// the HTTP status that goes with it where an endpoint says nothing else. Sorted.
public enum ErrorCode {
    /// An application service may not log in
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#appservice-login)).
    M_APPSERVICE_LOGIN_UNSUPPORTED(400),
    /// An alias does not point to the room
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey)).
    M_BAD_ALIAS(400),
    /// JSON with missing or wrong members
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_BAD_JSON(400),
    /// The change of state cannot be made
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_BAD_STATE(400),
    /// An application service answered with a failure
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1appserviceappserviceidping)).
    M_BAD_STATUS(502),
    /// The room of server notices is not left
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_CANNOT_LEAVE_SERVER_NOTICE_ROOM(403),
    /// The media has been uploaded before
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixmediav3uploadservernamemediaid)).
    M_CANNOT_OVERWRITE_MEDIA(409),
    /// The captcha is wrong
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_CAPTCHA_INVALID(401),
    /// A captcha is missing
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_CAPTCHA_NEEDED(401),
    /// An application service cannot be reached
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1appserviceappserviceidping)).
    M_CONNECTION_FAILED(502),
    /// An application service is late
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1appserviceappserviceidping)).
    M_CONNECTION_TIMEOUT(504),
    /// The same reaction again
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#avoiding-duplicate-annotations)).
    M_DUPLICATE_ANNOTATION(400),
    /// Reserved by an application service
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_EXCLUSIVE(400),
    /// Not allowed to this caller
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_FORBIDDEN(403),
    /// Not allowed to guests
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_GUEST_ACCESS_FORBIDDEN(403),
    /// The room's version is not supported by who joins
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_INCOMPATIBLE_ROOM_VERSION(400),
    /// A parameter has a wrong value
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_INVALID_PARAM(400),
    /// The initial state of a new room is refused
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_INVALID_ROOM_STATE(400),
    /// A signature does not fit
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload)).
    M_INVALID_SIGNATURE(400),
    /// Not a user name
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_INVALID_USERNAME(400),
    /// The invited user blocks invites
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#invite-permission)).
    M_INVITE_BLOCKED(403),
    /// A profile field's name is too long
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3profileuseridkeyname)).
    M_KEY_TOO_LARGE(400),
    /// Too many requests ([spec](https://spec.matrix.org/v1.19/client-server-api/#rate-limiting)).
    M_LIMIT_EXCEEDED(429),
    /// A required parameter is missing
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_MISSING_PARAM(400),
    /// No access token
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_MISSING_TOKEN(401),
    /// There is no such resource
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_NOT_FOUND(404),
    /// The body is not JSON
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_NOT_JSON(400),
    /// The media is announced and not there yet
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediadownloadservernamemediaid)).
    M_NOT_YET_UPLOADED(504),
    /// The profile would become too large
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3profileuseridkeyname)).
    M_PROFILE_TOO_LARGE(400),
    /// A limit of the server is reached
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_RESOURCE_LIMIT_EXCEEDED(403),
    /// The alias is taken
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_ROOM_IN_USE(400),
    /// A third server is not trusted
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_SERVER_NOT_TRUSTED(403),
    /// The third-party identifier is not proven
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_THREEPID_AUTH_FAILED(400),
    /// The third-party identifier is not permitted
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_THREEPID_DENIED(403),
    /// The third-party identifier is taken
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_THREEPID_IN_USE(400),
    /// Third-party identifiers of this kind are not supported
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_THREEPID_MEDIUM_NOT_SUPPORTED(400),
    /// The third-party identifier is not known
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_THREEPID_NOT_FOUND(400),
    /// The request or the event is too large
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_TOO_LARGE(413),
    /// This server cannot tell whether the user may join
    /// ([spec](https://spec.matrix.org/v1.19/server-server-api/#restricted-rooms)).
    M_UNABLE_TO_AUTHORISE_JOIN(400),
    /// Another server has to let the user in
    /// ([spec](https://spec.matrix.org/v1.19/server-server-api/#restricted-rooms)).
    M_UNABLE_TO_GRANT_JOIN(400),
    /// The request is not correctly signed or logged in
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_UNAUTHORIZED(401),
    /// Anything else ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_UNKNOWN(500),
    /// The device is not the asserted user's
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_UNKNOWN_DEVICE(400),
    /// A sliding sync connection is not known any more
    /// ([spec](https://github.com/matrix-org/matrix-spec-proposals/pull/4186)).
    M_UNKNOWN_POS(400),
    /// The token is not known
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_UNKNOWN_TOKEN(401),
    /// No such endpoint, or not with this method (405)
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_UNRECOGNIZED(404),
    /// No room of this version can be made
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_UNSUPPORTED_ROOM_VERSION(400),
    /// The application service has no address
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1appserviceappserviceidping)).
    M_URL_NOT_SET(400),
    /// The account is deactivated
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_USER_DEACTIVATED(403),
    /// The user name is taken
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#other-error-codes)).
    M_USER_IN_USE(400),
    /// A limit of the account is reached
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_USER_LIMIT_EXCEEDED(403),
    /// The account is locked
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_USER_LOCKED(401),
    /// The account is suspended
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#common-error-codes)).
    M_USER_SUSPENDED(403),
    /// The password is too weak
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#password-management)).
    M_WEAK_PASSWORD(400),
    /// The key backup has a newer version
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeys)).
    M_WRONG_ROOM_KEYS_VERSION(403);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
