/// Joining rooms and knocking on them ([joining
/// rooms](https://spec.matrix.org/v1.19/client-server-api/#joining-rooms)). Owns no table.
@NullMarked
package dev.lares.client.joining;

import org.jspecify.annotations.NullMarked;
