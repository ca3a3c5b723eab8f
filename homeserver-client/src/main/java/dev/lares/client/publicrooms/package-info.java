/// The published room directory ([room
/// discovery](https://spec.matrix.org/v1.19/client-server-api/#published-room-directory)). Owns no
/// table.
@NullMarked
package dev.lares.client.publicrooms;

import org.jspecify.annotations.NullMarked;
