package dev.lares.core.append;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.ServerName;
import dev.lares.core.push.PushVerdict;
import dev.lares.core.state.MainChange;
import java.util.List;
import java.util.Optional;

/// An event that its room has given a place, and all the rows that follow from it.
///
/// @param at ordinal of its timeline row in the batch
/// @param keyNid the place in the state that it takes, for state events
/// @param stateLine with `stateVer` the state before it
/// @param after the room's head with this event
/// @param change of the current state
/// @param redacted what it takes from the running counts
record BuiltEvent(
        int at,
        long roomNid,
        long eventNid,
        Pdu pdu,
        long senderNid,
        Optional<Long> keyNid,
        List<Long> prevNids,
        List<Long> authNids,
        int stateLine,
        int stateVer,
        RoomHead after,
        Optional<MainChange> change,
        Optional<ThreadCount> thread,
        Optional<MemberChange> member,
        PushVerdict verdict,
        List<PushException> exceptions,
        Optional<RedactedEvent> redacted) {

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
    record MemberChange(long userNid, String membership) {}
}
