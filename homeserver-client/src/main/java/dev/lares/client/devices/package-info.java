/// [Device management](https://spec.matrix.org/v1.19/client-server-api/#device-management). Owns no
/// table.
@NullMarked
package dev.lares.client.devices;

import org.jspecify.annotations.NullMarked;
