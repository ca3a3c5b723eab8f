/// The [published room
/// directory](https://spec.matrix.org/v1.19/client-server-api/#published-room-directory) of each of
/// our domains. Tables: published_room, room_listing.
@NullMarked
package dev.lares.core.publicrooms;

import org.jspecify.annotations.NullMarked;
