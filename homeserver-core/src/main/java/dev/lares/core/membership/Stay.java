package dev.lares.core.membership;

import dev.lares.core.log.Position;

/// A time that a user was in a room and that is over.
///
/// @param left position of the change that ended it
public record Stay(Position joined, Position left) {}
