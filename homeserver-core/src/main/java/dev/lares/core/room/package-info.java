/// Rooms: what they are called inside, what happened in them last, and how their events are read
/// ([rooms](https://spec.matrix.org/v1.19/client-server-api/#rooms-1)). Tables: room, timeline,
/// event, and redaction and relation, which triggers on event fill.
@NullMarked
package dev.lares.core.room;

import org.jspecify.annotations.NullMarked;
