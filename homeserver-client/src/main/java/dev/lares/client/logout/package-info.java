/// [Logging out](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logout). Owns
/// no table.
@NullMarked
package dev.lares.client.logout;

import org.jspecify.annotations.NullMarked;
