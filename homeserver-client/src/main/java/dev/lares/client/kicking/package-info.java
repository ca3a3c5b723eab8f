/// Kicking users out of rooms ([leaving
/// rooms](https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms)). Owns no table.
@NullMarked
package dev.lares.client.kicking;

import org.jspecify.annotations.NullMarked;
