package dev.lares.core.room;

import java.util.List;
import java.util.Optional;

/// A row of a room's timeline with what it counts.
///
/// @param place behind the row
/// @param mainVer version of the main line after the row
/// @param notifSeq how many events of the room up to this one notify
/// @param hlSeq how many of them highlight for everyone
/// @param countedNid internal number of the sender where the event notifies, else 0
/// @param rootNid internal number of the root of the thread that the event counts in, else 0
/// @param event absent where the state changed without one
public record TimelineRow(
        long roomNid,
        Place place,
        int mainVer,
        int notifSeq,
        int hlSeq,
        long countedNid,
        long rootNid,
        Optional<StoredEvent> event,
        List<PushException> exceptions) {
    public TimelineRow {
        exceptions = List.copyOf(exceptions);
    }

    public long pos() {
        return place.pos();
    }

    TimelineRow with(List<PushException> found) {
        return new TimelineRow(
                roomNid, place, mainVer, notifSeq, hlSeq, countedNid, rootNid, event, found);
    }

    /// What the row counts for one user beside what it counts for everyone; may be negative.
    ///
    /// @param rootNid 0 in the main timeline
    public record PushException(long userNid, long rootNid, int notifications, int highlights) {}
}
