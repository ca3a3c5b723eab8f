package dev.lares.core.alias;

import dev.lares.core.id.RoomAlias;

/// An alias that is kept free for a room that is being created.
///
/// @param until milliseconds since 1970; whoever wants the alias later gets it
public record AliasReservation(RoomAlias alias, long creatorNid, long until) {}
