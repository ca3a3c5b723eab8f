/// Creating rooms ([creation](https://spec.matrix.org/v1.19/client-server-api/#creation)). Owns no
/// table.
@NullMarked
package dev.lares.client.createroom;

import org.jspecify.annotations.NullMarked;
