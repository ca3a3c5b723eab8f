package dev.lares.core.web;

/// The address of the client as a textual IP address, from `X-Forwarded-For` where the request came
/// through a trusted proxy. A controller takes it as a parameter.
public record ClientAddress(String value) {
    @Override
    public String toString() {
        return value;
    }
}
