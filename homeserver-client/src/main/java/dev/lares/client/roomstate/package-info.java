/// Setting state
/// ([room_state](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey)).
/// Owns no table.
@NullMarked
package dev.lares.client.roomstate;

import org.jspecify.annotations.NullMarked;
