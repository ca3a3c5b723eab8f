/// The rooms that a user is in
/// ([list_joined_rooms](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3joined_rooms)).
/// Owns no table.
@NullMarked
package dev.lares.client.joinedrooms;

import org.jspecify.annotations.NullMarked;
