package dev.lares.core.auth;

/// What the authorization rules say of an event.
public sealed interface AuthDecision {
    static AuthDecision allowed() {
        return new Allowed();
    }

    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    record Allowed() implements AuthDecision {}

    /// @param rule room version and number of the rule, such as `v8 4.5.2`
    record Rejected(String rule, String reason) implements AuthDecision {}
}
