package dev.lares.core.event;

/// The place of a state event in a room's state: its type and state key.
public record StateKey(String type, String stateKey) {}
