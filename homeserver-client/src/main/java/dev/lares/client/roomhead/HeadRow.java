package dev.lares.client.roomhead;

import dev.lares.core.id.EventId;
import dev.lares.core.room.Place;
import dev.lares.core.room.TimelineRow.PushException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of a timeline.
///
/// @param notifications what it adds to the count of notifications, in its thread where it is in
///   one
/// @param highlights what it adds to that of highlights for everyone
/// @param countedNid internal number of the sender where it notifies, else 0
/// @param rootNid internal number of the root of the thread that it counts in, else 0
/// @param root ID of that root
/// @param event null where the state changed without one
public record HeadRow(
        Place place,
        int notifications,
        int highlights,
        long countedNid,
        long rootNid,
        @Nullable EventId root,
        List<PushException> exceptions,
        @Nullable HeadEvent event) {
    private static final int OVERHEAD_BYTES = 80;
    private static final int EXCEPTION_BYTES = 40;

    public HeadRow {
        exceptions = List.copyOf(exceptions);
    }

    public long pos() {
        return place.pos();
    }

    HeadRow with(HeadEvent changed) {
        return new HeadRow(
                place, notifications, highlights, countedNid, rootNid, root, exceptions, changed);
    }

    int sizeBytes() {
        return OVERHEAD_BYTES
                + exceptions.size() * EXCEPTION_BYTES
                + (event == null ? 0 : event.sizeBytes());
    }
}
