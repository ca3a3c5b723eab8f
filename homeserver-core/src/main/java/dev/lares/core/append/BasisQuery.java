package dev.lares.core.append;

import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.room.RoomRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// What the first message of a batch asks for.
///
/// @param rooms to lock, in the order of their numbers, with the position that memory has of each;
///   -1 where it has none
/// @param accounts to lock, in their order
/// @param keys places that memory does not know
/// @param cited events that arrive, and those that they cite
/// @param batchId to look up where the batch may be committed already
record BasisQuery(
        Map<RoomRef, Long> rooms,
        List<Long> accounts,
        List<RoomKey> keys,
        List<TransactionKey> transactions,
        List<RoomThread> threads,
        List<CitedEvent> cited,
        Locking locking,
        Optional<UUID> batchId) {
    static final long NOTHING_KNOWN = -1;

    record RoomKey(RoomRef room, StateKey key) {}

    record RoomThread(RoomRef room, EventId root) {}

    /// An event that arrives, or that one cites.
    ///
    /// @param whole whether its body is wanted
    record CitedEvent(RoomRef room, EventId eventId, boolean whole) {}

    /// How locks are taken.
    enum Locking {
        /// What others hold is left out.
        SKIP,
        /// For `lock_timeout`.
        WAIT
    }

    static BasisQuery of(
            List<Prepared> items, RoomMemories memories, Locking locking, Optional<UUID> batchId) {
        var rooms = new TreeMap<RoomRef, Long>((a, b) -> Long.compare(a.roomNid(), b.roomNid()));
        var accounts = new TreeSet<Long>();
        var keys = new HashSet<RoomKey>();
        var threads = new HashSet<RoomThread>();
        var transactions = new ArrayList<TransactionKey>();
        var cited = new ArrayList<CitedEvent>();
        for (var item : items) {
            accounts.addAll(item.accounts());
            item.transaction().ifPresent(transactions::add);
            if (item.room().isEmpty()) {
                continue;
            }
            var room = item.room().get();
            var memory = memories.find(room.roomNid());
            rooms.put(room, memory.map(known -> known.head().pos()).orElse(NOTHING_KNOWN));
            for (var key : item.stateKeys()) {
                if (memory.isEmpty() || memory.get().state().find(key) == null) {
                    keys.add(new RoomKey(room, key));
                }
            }
            addCited(item, room, cited);
            item.threadRoots().forEach(root -> threads.add(new RoomThread(room, root)));
        }
        return new BasisQuery(
                rooms,
                List.copyOf(accounts),
                List.copyOf(keys),
                transactions,
                List.copyOf(threads),
                cited,
                locking,
                batchId);
    }

    private static void addCited(Prepared item, RoomRef room, List<CitedEvent> cited) {
        var ids = new HashSet<EventId>();
        var auth = new HashSet<EventId>();
        for (var pdu : item.queued().received()) {
            ids.add(pdu.eventId());
            ids.addAll(pdu.prevEvents());
            auth.addAll(pdu.authEvents());
        }
        ids.removeAll(auth);
        ids.forEach(id -> cited.add(new CitedEvent(room, id, false)));
        auth.forEach(id -> cited.add(new CitedEvent(room, id, true)));
    }
}
