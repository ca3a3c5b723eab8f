/// Paginating timelines
/// ([message_pagination](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmessages)).
/// Owns no table.
@NullMarked
package dev.lares.client.messages;

import org.jspecify.annotations.NullMarked;
