/// Banning users from rooms ([banning users in a
/// room](https://spec.matrix.org/v1.19/client-server-api/#banning-users-in-a-room)). Owns no table.
@NullMarked
package dev.lares.client.banning;

import org.jspecify.annotations.NullMarked;
