/// [Send-to-device
/// messaging](https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging), the
/// sending; syncs deliver. Owns no table.
@NullMarked
package dev.lares.client.todevice;

import org.jspecify.annotations.NullMarked;
