package dev.lares.app.badinput;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/// A request that must be refused.
///
/// @param statuses which of them does not matter
/// @param errcodes which of them does not matter; empty: any
record BadInput(
        String name,
        String method,
        String target,
        Map<String, String> headers,
        byte[] body,
        Set<Integer> statuses,
        Set<String> errcodes) {

    /// The body of a request whose body is not what is wrong with it.
    static byte[] body(String method) {
        return method.equals("GET") ? new byte[0] : "{}".getBytes(StandardCharsets.UTF_8);
    }

    /// The same on another path of the endpoint.
    BadInput on(String otherTarget) {
        return new BadInput(
                name + " on " + otherTarget,
                method,
                otherTarget,
                headers,
                body,
                statuses,
                errcodes);
    }
}
