/// [Password management](https://spec.matrix.org/v1.19/client-server-api/#password-management).
/// Owns no table.
@NullMarked
package dev.lares.client.password;

import org.jspecify.annotations.NullMarked;
