/// The state of rooms at every version that an event needs: one main line a room, the history of
/// its current state, and side lines for the rest. Each change is stored once. See [rooms' state in
/// the specification](https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution) and
/// `docs/architecture.md`. Tables: state_key, state_line, state_entry, state_version, room_state.
@NullMarked
package dev.lares.core.state;

import org.jspecify.annotations.NullMarked;
