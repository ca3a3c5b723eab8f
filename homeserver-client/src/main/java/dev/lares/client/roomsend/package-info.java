/// Sending message events
/// ([room_send](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid)).
/// Owns no table.
@NullMarked
package dev.lares.client.roomsend;

import org.jspecify.annotations.NullMarked;
