/// [Account deactivation](https://spec.matrix.org/v1.19/client-server-api/#account-deactivation).
/// Owns no table.
@NullMarked
package dev.lares.client.deactivation;

import org.jspecify.annotations.NullMarked;
