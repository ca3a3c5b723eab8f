/// Room aliases on our domains ([room
/// aliases](https://spec.matrix.org/v1.19/client-server-api/#room-aliases)). Table: room_alias.
@NullMarked
package dev.lares.core.alias;

import org.jspecify.annotations.NullMarked;
