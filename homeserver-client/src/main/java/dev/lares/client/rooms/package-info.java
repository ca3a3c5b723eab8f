/// Reading rooms: single events, state and members ([getting events for a
/// room](https://spec.matrix.org/v1.19/client-server-api/#getting-events-for-a-room)). Owns no
/// table.
@NullMarked
package dev.lares.client.rooms;

import org.jspecify.annotations.NullMarked;
