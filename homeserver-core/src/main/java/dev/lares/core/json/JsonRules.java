package dev.lares.core.json;

/// How strictly JSON is taken: room versions before 6 allowed what canonical JSON forbids. Under
/// both, invalid UTF-8, lone surrogates and anything behind the value are refused.
public enum JsonRules {
    /// Integers in ±(2^53−1) only, and no name twice in an object; what client requests, and events
    /// from room version 6 on, must keep to.
    STRICT,
    /// Room versions 1 to 5: any number that parses, written as Python writes it, because the
    /// hashes of those rooms were made by Synapse; of a name that repeats, the last one counts.
    LAX,
    /// Any number that parses, and names that are not repeated: what clients keep for themselves.
    LAX_NUMBERS
}
