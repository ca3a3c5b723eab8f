package dev.lares.core.relations;

import dev.lares.core.room.Place;

/// An event that relates to a parent, and its place.
///
/// @param parent ordinal of the parent among those that were asked for, from 0
record Child(int parent, String relType, long eventNid, Place place) {}
