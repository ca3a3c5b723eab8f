/// [Registration](https://spec.matrix.org/v1.19/client-server-api/#legacy-account-registration), by
/// people themselves. Owns no table.
@NullMarked
package dev.lares.client.registration;

import org.jspecify.annotations.NullMarked;
