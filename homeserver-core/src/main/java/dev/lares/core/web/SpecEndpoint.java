package dev.lares.core.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says of a controller's method which operation of the specification it is, who may call it and
/// whether it is rate limited. The server refuses to start with an endpoint that lacks it.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SpecEndpoint {
    /// The `operationId` of the specification's OpenAPI file; our own name where there is none.
    String operationId();

    Access auth();

    boolean rateLimited();

    /// The proposal that an unstable endpoint follows, such as `MSC4186`; empty where it is stable.
    String msc() default "";

    /// Whether users whose account is
    /// [locked](https://spec.matrix.org/v1.19/client-server-api/#account-locking) may call: only to
    /// log out.
    boolean lockedAllowed() default false;

    /// Whether users whose account is
    /// [suspended](https://spec.matrix.org/v1.19/client-server-api/#account-suspension) may call:
    /// not where others would notice what they do.
    boolean suspendedAllowed() default true;

    /// Who may call.
    enum Access {
        /// Anybody; a token that is sent is not looked at.
        NONE,
        /// Anybody; a token that is sent must be good.
        OPTIONAL,
        /// A user with an access token.
        ACCESS_TOKEN,
        /// A user with an access token who may be a guest.
        GUEST_TOKEN,
        /// A server administrator with an access token.
        ADMIN,
        /// Another server that signs its request.
        SERVER_SIGNATURE
    }
}
