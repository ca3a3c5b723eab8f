/// [Mutual rooms](https://spec.matrix.org/v1.19/client-server-api/#mutual-rooms). Owns no table.
@NullMarked
package dev.lares.client.mutualrooms;

import org.jspecify.annotations.NullMarked;
