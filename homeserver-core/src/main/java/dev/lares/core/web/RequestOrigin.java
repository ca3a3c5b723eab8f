package dev.lares.core.web;

/// Scheme, host and port by which the client reached us, as far as trusted proxies tell. A
/// controller takes it as a parameter.
///
/// @param url such as `https://matrix.example.org`, without a slash at its end
public record RequestOrigin(String url) {}
