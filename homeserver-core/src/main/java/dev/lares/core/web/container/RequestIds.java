package dev.lares.core.web.container;

/// Where the ID of a request is found, which its log lines and its answer carry.
public final class RequestIds {
    /// The attribute of the request, a string of 16 hexadecimal digits.
    public static final String ATTRIBUTE = "dev.lares.request-id";

    /// The header of the answer.
    public static final String HEADER = "X-Request-Id";

    private RequestIds() {}
}
