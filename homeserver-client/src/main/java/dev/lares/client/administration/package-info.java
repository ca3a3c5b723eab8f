/// [Server administration](https://spec.matrix.org/v1.19/client-server-api/#server-administration):
/// what administrators may do to accounts through their clients. Owns no table.
@NullMarked
package dev.lares.client.administration;

import org.jspecify.annotations.NullMarked;
