/// [Send-to-device
/// messaging](https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging): messages
/// to single devices, as a stream of the log. Both kinds of sync deliver from the same
/// [inbox][dev.lares.core.todevice.ToDeviceInbox]. Tables: to_device.
@NullMarked
package dev.lares.core.todevice;

import org.jspecify.annotations.NullMarked;
