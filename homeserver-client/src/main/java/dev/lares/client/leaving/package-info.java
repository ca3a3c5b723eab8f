/// Leaving rooms and forgetting them ([leaving
/// rooms](https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms)). Owns no table.
@NullMarked
package dev.lares.client.leaving;

import org.jspecify.annotations.NullMarked;
