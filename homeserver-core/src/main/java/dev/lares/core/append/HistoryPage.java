package dev.lares.core.append;

import dev.lares.core.event.VerifiedPdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import java.util.List;

/// Events that belong before those that a room's timeline shows: from
/// [backfill](https://spec.matrix.org/v1.19/server-server-api/#backfilling-and-retrieving-missing-events),
/// or out of a hole between events that came live.
///
/// @param before an event that the timeline shows; the page goes immediately before it
/// @param pdus in any order; those that are there already stay where they are
/// @param state the events of the state before the oldest events of the page, those that cite what
///   is not in the room; empty where no event of the page does
public record HistoryPage(
        RoomId roomId, EventId before, List<VerifiedPdu> pdus, List<EventId> state) {
    public static final int PDUS_MAX = 500;

    public HistoryPage {
        pdus = List.copyOf(pdus);
        state = List.copyOf(state);
        if (pdus.isEmpty() || pdus.size() > PDUS_MAX) {
            throw new IllegalArgumentException("Not 1 to " + PDUS_MAX + " events: " + pdus.size());
        }
        for (var verified : pdus) {
            if (!verified.pdu().roomId().equals(roomId)) {
                throw new IllegalArgumentException("An event of another room: " + verified);
            }
        }
    }
}
