package dev.lares.core.append;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.push.PushVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the first message of a batch brought back: which locks it got, and what changed since
/// memory was filled.
final class BatchBasis {
    /// Epochs of the rooms that are locked.
    final Map<Long, Integer> rooms = new HashMap<>();

    /// Users whose accounts are locked.
    final Set<Long> accounts = new HashSet<>();

    /// Of the users that were asked for, those that have an account.
    final Set<Long> existingAccounts = new HashSet<>();

    /// Heads that memory does not have, by room.
    final Map<Long, RoomHead> heads = new HashMap<>();

    /// Places that changed after what memory has, by room, oldest change first.
    final Map<Long, Map<StateKey, CurrentState.Slot>> changes = new HashMap<>();

    int changeRows;

    /// Places that memory did not know.
    final List<SlotRow> slots = new ArrayList<>();

    /// What repeated requests were answered with.
    final Map<TransactionKey, Answer> answers = new HashMap<>();

    /// Threads, by room and root.
    final Map<ThreadKey, ThreadRow> threads = new HashMap<>();

    /// What is there of events that arrive, and of those that they cite.
    final Map<EventKey, RefRow> refs = new HashMap<>();

    /// The positions of the batch where it turns out to be committed already.
    Optional<Positions> committed = Optional.empty();

    /// @param event what stands there, if anything
    record SlotRow(long roomNid, StateKey key, CurrentState.Slot slot, Optional<Pdu> event) {}

    /// @param eventId of the first event of the answered request, if it made one
    record Answer(Optional<EventId> eventId) {}

    record ThreadKey(long roomNid, EventId root) {}

    record ThreadRow(long rootNid, int notifSeq, int hlSeq) {
        ThreadRow plus(PushVerdict verdict) {
            return new ThreadRow(
                    rootNid, notifSeq + verdict.notifies(), hlSeq + verdict.highlights());
        }
    }

    record EventKey(long roomNid, EventId eventId) {}

    /// @param rejected where it is here or an outlier
    /// @param missed whether events that have their place cite it as their prev event
    /// @param pdu where it was asked for and is here or an outlier
    record RefRow(
            long eventNid,
            Whereabouts whereabouts,
            boolean rejected,
            boolean missed,
            Optional<Pdu> pdu) {}

    /// What is known of an event whose ID is known.
    enum Whereabouts {
        /// It has its place in the room's graph, accepted or not.
        HERE,
        /// It is here, and has no place in the graph.
        OUTLIER,
        /// Others cite it.
        PLACEHOLDER,
        /// It is another room's.
        ELSEWHERE
    }

    record Positions(long first, long last) {}
}
