package dev.lares.client.slidingsync;

import java.util.List;

/// A window over the user's rooms in the order of their last activity.
///
/// @param ranges none: all rooms
record SlidingList(String name, List<Range> ranges, RoomFilter filter, RoomConfig config) {
    SlidingList {
        ranges = List.copyOf(ranges);
    }

    /// Places from 0 on, both ends included.
    record Range(long first, long last) {}

    boolean shows(int place) {
        return ranges.isEmpty()
                || ranges.stream()
                        .anyMatch(range -> range.first() <= place && place <= range.last());
    }
}
