package dev.lares.core.position;

import dev.lares.core.log.Position;

/// What the `pos` of a [sliding
/// sync](https://github.com/matrix-org/matrix-spec-proposals/pull/4186) says.
///
/// @param epoch which connection of its user, device and `conn_id` it is
/// @param serial which of the connection's states holds
/// @param position what happened up to here was told, but where the state says otherwise
public record ConnectionToken(long epoch, int serial, Position position) {}
