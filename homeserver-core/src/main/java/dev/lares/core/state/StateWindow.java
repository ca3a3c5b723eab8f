package dev.lares.core.state;

import dev.lares.core.log.Position;

/// A stretch of a room's history: behind `since`, up to and with `to`.
public record StateWindow(long roomNid, Position since, Position to) {}
