package dev.lares.core.json;

/// How strictly numbers are taken: room versions before 6 allowed what canonical JSON forbids.
public enum JsonRules {
    /// Integers in ±(2^53−1) only; what client requests, and events from room version 6 on, must
    /// keep to.
    STRICT,
    /// Room versions 1 to 5: any number that parses.
    LAX
}
