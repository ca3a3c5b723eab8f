package dev.lares.core.room;

import dev.lares.core.event.EventFlags;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;

/// An event as the log keeps it.
///
/// @param senderNid internal number of the sender
/// @param keyNid internal number of its place in the state; 0 for what is not state
/// @param stateLine with `stateVer` the state before the event; -1 for outliers
/// @param flags how it stands in the room
public record StoredEvent(
        long roomNid,
        long nid,
        long senderNid,
        long keyNid,
        int stateLine,
        int stateVer,
        EventFlags flags,
        Pdu pdu) {
    public EventId eventId() {
        return pdu.eventId();
    }

    /// Whether the event takes part in the room: neither rejected, nor soft-failed, nor without its
    /// place in the graph.
    public boolean isAccepted() {
        return flags.isAccepted();
    }

    /// Whether there is a state before the event that we know: not for outliers, nor for the first
    /// event of a room.
    public boolean hasState() {
        return stateLine > 0 && stateVer > 0;
    }
}
