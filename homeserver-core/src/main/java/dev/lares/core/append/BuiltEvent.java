package dev.lares.core.append;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.ServerName;
import dev.lares.core.push.PushVerdict;
import dev.lares.core.state.MainChange;
import java.util.List;
import java.util.Optional;

/// An event that its room has given a place, and all the rows that follow from it.
///
/// @param at ordinal of its timeline row in the batch; absent for what is kept beside the timeline
/// @param after the room's head with this event
/// @param change of the current state
/// @param redacted what it takes from the running counts
record BuiltEvent(
        Optional<Integer> at,
        Showing showing,
        long roomNid,
        EventRows.Placed placed,
        long senderNid,
        RoomHead after,
        Optional<MainChange> change,
        Optional<ThreadCount> thread,
        List<MemberChange> members,
        PushVerdict verdict,
        List<PushException> exceptions,
        Optional<RedactedEvent> redacted) {

    /// Whether the timeline names the event, or only what it changed.
    enum Showing {
        SHOWN,
        HIDDEN
    }

    /// Running counts of a thread.
    record ThreadCount(long rootNid, int notifSeq, int hlSeq) {}

    /// What the event adds to the running counts for one user, beyond what it adds for everyone.
    record PushException(long userNid, long rootNid, int notifications, int highlights) {}

    /// What the event redacts, if it is there.
    ///
    /// @param domain which the sender of that has to be of; absent where any will do
    record RedactedEvent(
            Optional<byte[]> hash, Optional<String> text, Optional<ServerName> domain) {}

    /// A user's new membership.
    ///
    /// @param eventNid 0 where the state has no membership of the user any more
    record MemberChange(long userNid, long eventNid, String membership) {}

    /// The same with the event in another form, such as with its signatures.
    BuiltEvent with(Pdu pdu) {
        return new BuiltEvent(
                at,
                showing,
                roomNid,
                placed.with(pdu),
                senderNid,
                after,
                change,
                thread,
                members,
                verdict,
                exceptions,
                redacted);
    }

    Pdu pdu() {
        return placed.pdu();
    }

    long eventNid() {
        return placed.eventNid();
    }

    Optional<Long> keyNid() {
        return placed.keyNid();
    }
}
