/// Replacing a room by one of another version ([room
/// upgrades](https://spec.matrix.org/v1.19/client-server-api/#room-upgrades)).
///
/// An upgrade writes into two rooms, and no append covers two. So the order is: the new room, with
/// all that is copied, while the old one knows nothing of it; then, in one append, the tombstone
/// and everything else that makes the old room the old one: its power levels, its aliases, its
/// places in directories, and the settings of who upgraded. A server that ends between the two
/// leaves a room in which nobody is but who asked, and an old room that goes on as before; where
/// the old room refuses the tombstone, that user leaves the new room again.
///
/// Table: room_upgrade, which the log fills.
@NullMarked
package dev.lares.client.roomupgrade;

import org.jspecify.annotations.NullMarked;
