package dev.lares.core.uia;

import tools.jackson.databind.node.ObjectNode;

/// An operation needs (further) proofs: answered with 401 and this body, which is no error response
/// unless an attempt failed.
public final class UiaChallenge extends RuntimeException {
    private final transient ObjectNode body;

    UiaChallenge(ObjectNode body) {
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
