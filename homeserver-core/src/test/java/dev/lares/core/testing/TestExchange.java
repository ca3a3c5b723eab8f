package dev.lares.core.testing;

import java.util.Map;

/// A request of a test and its answer.
///
/// @param target raw path with query as sent
/// @param headers of the request
public record TestExchange(
        String method,
        String target,
        Map<String, String> headers,
        byte[] body,
        TestResponse response) {
    /// The raw path without the query.
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
