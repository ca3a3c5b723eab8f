package dev.lares.core.error;

import tools.jackson.databind.node.ObjectNode;

/// An operation needs (further) proofs of who asks for it: answered with 401 and this body, which
/// has an `errcode` only where an attempt failed ([user-interactive
/// authentication](https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api)).
public final class AuthenticationChallenge extends RuntimeException {
    private final transient ObjectNode body;

    /// @param body not changed any more
    public AuthenticationChallenge(ObjectNode body) {
        super("User-interactive authentication is needed");
        this.body = body;
    }

    public ObjectNode body() {
        return body;
    }

    /// A question is an answer, not a fault: no stack is walked for it.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
