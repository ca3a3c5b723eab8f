package dev.lares.core.room;

import java.util.Comparator;

/// A place between two rows of a room's timeline: behind the row with this depth and position and
/// before the next one. Depth is *our* order for pagination, see `timeline.depth`.
///
/// @param pos negative for history that no sync shows
public record Place(long depth, long pos) implements Comparable<Place> {
    /// Before every row.
    public static final Place START = new Place(Long.MIN_VALUE, Long.MIN_VALUE);

    /// Behind every row.
    public static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::depth).thenComparingLong(Place::pos);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /// The place just before the row that this place is behind.
    public Place before() {
        return new Place(depth, pos - 1);
    }
}
