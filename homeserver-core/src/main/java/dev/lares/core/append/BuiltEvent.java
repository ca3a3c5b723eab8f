package dev.lares.core.append;

import dev.lares.core.event.Pdu;
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
        List<PushException> exceptions) {

    /// Running counts of a thread.
    record ThreadCount(long rootNid, int notifSeq, int hlSeq) {}

    /// What the event adds to the running counts for one user, beyond what it adds for everyone.
    record PushException(long userNid, long rootNid, int notifications, int highlights) {}

    /// A user's new membership.
    record MemberChange(long userNid, String membership) {}
}
