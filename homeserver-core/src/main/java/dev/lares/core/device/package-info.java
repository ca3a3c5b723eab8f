/// Devices of local users ([devices](https://spec.matrix.org/v1.19/#devices)). Every change is a
/// row of the log's stream `device`. Tables: device, device_change.
@NullMarked
package dev.lares.core.device;

import org.jspecify.annotations.NullMarked;
