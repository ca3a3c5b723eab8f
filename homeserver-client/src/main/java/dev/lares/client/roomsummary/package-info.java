/// Summaries of rooms for those who may want to join them
/// ([room_summary](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1room_summaryroomidoralias)).
/// Owns no table.
@NullMarked
package dev.lares.client.roomsummary;

import org.jspecify.annotations.NullMarked;
