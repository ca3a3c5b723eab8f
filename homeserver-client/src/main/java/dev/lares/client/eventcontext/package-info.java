/// What happened around an event ([event
/// context](https://spec.matrix.org/v1.19/client-server-api/#event-context)). Owns no table.
@NullMarked
package dev.lares.client.eventcontext;

import org.jspecify.annotations.NullMarked;
