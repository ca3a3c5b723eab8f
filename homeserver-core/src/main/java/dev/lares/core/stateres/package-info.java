/// State resolution v1, v2 and v2.1 ([room
/// versions](https://spec.matrix.org/v1.19/rooms/#complete-list-of-room-versions)): merges the
/// states of a room that forks left behind. Pure functions over numbers; who calls them loads the
/// auth graph and the events, and keeps the result. No tables.
///
/// A resolution takes three steps, so that only the events are loaded that matter, however large
/// the room: [StateConflict] finds them by the auth graph alone, [StateResolver#alsoNeeded] names
/// those that they in turn need, and [StateResolver#resolve] decides.
@NullMarked
package dev.lares.core.stateres;

import org.jspecify.annotations.NullMarked;
