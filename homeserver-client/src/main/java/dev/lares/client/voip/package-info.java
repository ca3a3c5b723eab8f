/// [Voice over IP](https://spec.matrix.org/v1.19/client-server-api/#voice-over-ip): where calls
/// find a TURN server. Owns no table.
@NullMarked
package dev.lares.client.voip;

import org.jspecify.annotations.NullMarked;
