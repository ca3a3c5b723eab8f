/// Room aliases on our domains, and which rooms the directory shows ([room
/// aliases](https://spec.matrix.org/v1.19/client-server-api/#room-aliases)). Tables: room_alias,
/// published_room.
@NullMarked
package dev.lares.core.alias;

import org.jspecify.annotations.NullMarked;
