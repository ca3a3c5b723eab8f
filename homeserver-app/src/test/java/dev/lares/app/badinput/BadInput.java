package dev.lares.app.badinput;

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
        Set<String> errcodes) {}
