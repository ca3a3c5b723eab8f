package dev.lares.core.state;

/// A stored version of a line, without its entries.
///
/// @param hash of the whole state at this version
/// @param entries how many rows the line holds up to this version
/// @param size how many rows a copy of the line at this version takes, at most: on a root the keys
///   that are present, on a side line those that it names
public record StateVersion(StateRef ref, StateHash hash, int entries, int size) {}
