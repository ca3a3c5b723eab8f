/// Jumping to a date
/// ([room_event_by_timestamp](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event)).
/// Owns no table.
@NullMarked
package dev.lares.client.eventbytimestamp;

import org.jspecify.annotations.NullMarked;
