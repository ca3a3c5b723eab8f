/// Sending events that local users ask for ([sending events to a
/// room](https://spec.matrix.org/v1.19/client-server-api/#sending-events-to-a-room)). Owns
/// relation, which a trigger on event fills.
@NullMarked
package dev.lares.core.sending;

import org.jspecify.annotations.NullMarked;
