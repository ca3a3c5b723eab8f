package dev.lares.core.unread;

import dev.lares.core.id.EventId;
import java.util.Map;

/// What one user has not read of one room.
///
/// @param main outside of threads
/// @param threads by the event ID of their root; threads without anything unread are missing
public record UnreadCounts(Count main, Map<EventId, Count> threads) {
    static final UnreadCounts NONE = new UnreadCounts(Count.NONE, Map.of());

    public UnreadCounts {
        threads = Map.copyOf(threads);
    }

    /// Main timeline and threads together.
    public Count total() {
        return threads.values().stream().reduce(main, Count::plus);
    }

    /// @param notifications how many unread events notify
    /// @param highlights how many of them highlight
    public record Count(int notifications, int highlights) {
        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(notifications + other.notifications, highlights + other.highlights);
        }

        /// Counts are differences of running counts; none may be negative.
        Count minus(Count other) {
            return new Count(
                    Math.max(0, notifications - other.notifications),
                    Math.max(0, highlights - other.highlights));
        }

        boolean isNone() {
            return notifications == 0 && highlights == 0;
        }
    }
}
