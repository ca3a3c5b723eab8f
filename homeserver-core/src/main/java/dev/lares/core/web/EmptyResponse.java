package dev.lares.core.web;

/// The answer `{}`.
public record EmptyResponse() {
    public static final EmptyResponse INSTANCE = new EmptyResponse();
}
