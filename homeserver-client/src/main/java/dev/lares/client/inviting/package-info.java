/// Inviting users into rooms
/// ([inviting](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidinvite)).
/// Owns no table.
@NullMarked
package dev.lares.client.inviting;

import org.jspecify.annotations.NullMarked;
