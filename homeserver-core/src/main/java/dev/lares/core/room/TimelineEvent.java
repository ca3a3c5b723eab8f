package dev.lares.core.room;

/// An event with its place in the room's timeline.
///
/// @param place behind the event; its `pos` is the event's own position
public record TimelineEvent(Place place, StoredEvent event) {
    public long pos() {
        return place.pos();
    }
}
