package dev.lares.core.unread;

import dev.lares.core.id.EventId;
import dev.lares.core.unread.UnreadRepository.ThreadRow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one user has not read of one room.
///
/// @param main outside of threads
/// @param threads by the event ID of their root; threads without anything unread are missing
public record UnreadCounts(Count main, Map<EventId, Count> threads) {
    public UnreadCounts {
        threads = Map.copyOf(threads);
    }

    /// Main timeline and threads together.
    public Count total() {
        return threads.values().stream().reduce(main, Count::plus);
    }

    UnreadCounts with(ThreadRow row, @Nullable EventId root) {
        var more = new HashMap<>(threads);
        if (root != null && !row.unread().isNone()) {
            more.put(root, row.unread());
        }
        return new UnreadCounts(main.minus(row.behindMain()), more);
    }

    /// These and what one event more counts, which is unread.
    ///
    /// @param root of its thread; null in the main timeline
    public UnreadCounts plus(@Nullable EventId root, Count more) {
        if (more.isNone()) {
            return this;
        }
        if (root == null) {
            return new UnreadCounts(main.plus(more), threads);
        }
        var all = new HashMap<>(threads);
        all.merge(root, more, Count::plus);
        return new UnreadCounts(main, all);
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
