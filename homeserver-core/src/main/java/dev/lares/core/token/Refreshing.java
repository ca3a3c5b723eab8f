package dev.lares.core.token;

/// Whether the client said that it can refresh its access token.
public enum Refreshing {
    SUPPORTED,
    UNSUPPORTED
}
