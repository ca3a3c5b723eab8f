/// What of each room most answers of `/sync` are made of, ready to be written: the end of its
/// timeline, its state, and what its summary needs. In memory, filled from what changed, and kept
/// in a table for when memory has forgotten. Holds nothing that the log does not, so it may be lost
/// or thrown away at any time. Table: room_head.
///
/// See [syncing](https://spec.matrix.org/v1.19/client-server-api/#syncing).
@NullMarked
package dev.lares.client.roomhead;

import org.jspecify.annotations.NullMarked;
