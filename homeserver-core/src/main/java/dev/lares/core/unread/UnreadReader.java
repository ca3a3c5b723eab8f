package dev.lares.core.unread;

import dev.lares.core.id.EventId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.receipt.Receipt;
import dev.lares.core.receipt.ReceiptService;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.unread.UnreadCounts.Count;
import dev.lares.core.unread.UnreadRepository.Reader;
import dev.lares.core.unread.UnreadRepository.ThreadRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Counts what is unread: right in the very answer that brings an event, because the running counts
/// are part of the row that gives the event its position.
@Service
public class UnreadReader {
    private final UnreadRepository repository;
    private final ReceiptService receipts;
    private final EventReader events;

    UnreadReader(UnreadRepository repository, ReceiptService receipts, EventReader events) {
        this.repository = repository;
        this.receipts = receipts;
        this.events = events;
    }

    /// The counts of rooms that the user is in, by the room's internal number.
    ///
    /// @param joined memberships of the user; what came before the newest join does not count
    /// @param ignored IDs of the users whom the user
    ///   [ignores](https://spec.matrix.org/v1.19/client-server-api/#ignoring-users): nothing that
    ///   they sent counts
    public Map<Long, UnreadCounts> at(
            long userNid,
            List<RoomRef> rooms,
            List<RoomMembership> joined,
            Set<String> ignored,
            Position to) {
        if (rooms.isEmpty()) {
            return Map.of();
        }
        var roomNids = rooms.stream().mapToLong(RoomRef::roomNid).toArray();
        var own =
                receipts.own(userNid, roomNids, to).stream()
                        .collect(Collectors.groupingBy(Receipt::roomNid));
        var joinedAt =
                joined.stream()
                        .collect(
                                Collectors.toMap(
                                        RoomMembership::roomNid,
                                        membership -> membership.since().value(),
                                        Math::max));
        var readUpTo = new ArrayList<ReadUpTo>();
        for (var room : rooms) {
            readUpTo.add(
                    ReadUpTo.of(
                            own.getOrDefault(room.roomNid(), List.of()),
                            joinedAt.getOrDefault(room.roomNid(), 0L)));
        }
        var mainRead = readUpTo.stream().mapToLong(ReadUpTo::main).toArray();
        var reader = new Reader(userNid, repository.findNids(ignored));
        var behindMain = repository.countAll(reader, roomNids, mainRead, to);
        var counts = new HashMap<Long, UnreadCounts>();
        var split = new HashMap<RoomRef, ReadUpTo>();
        for (int i = 0; i < rooms.size(); i++) {
            var room = rooms.get(i);
            var read = readUpTo.get(i);
            var all = behindMain.getOrDefault(room.roomNid(), Count.NONE);
            counts.put(room.roomNid(), new UnreadCounts(all, Map.of()));
            if (!all.isNone() || read.main() > read.everything()) {
                split.put(room, read);
            }
        }
        if (!split.isEmpty()) {
            split(reader, split, counts, to);
        }
        return counts;
    }

    /// Takes what belongs to threads out of what lies behind the main timelines' read positions.
    private void split(
            Reader reader,
            Map<RoomRef, ReadUpTo> reads,
            Map<Long, UnreadCounts> counts,
            Position to) {
        var rooms = List.copyOf(reads.entrySet());
        var roots = rootNids(reads);
        var rows =
                repository.countThreads(
                        reader,
                        rooms.stream().mapToLong(room -> room.getKey().roomNid()).toArray(),
                        rooms.stream().mapToLong(room -> room.getValue().main()).toArray(),
                        rooms.stream().mapToLong(room -> room.getValue().everything()).toArray(),
                        roots.keySet().stream().mapToLong(Long::longValue).toArray(),
                        roots.values().stream().mapToLong(Long::longValue).toArray(),
                        to);
        var ids = rootIds(reads.keySet(), rows);
        for (var row : rows) {
            counts.computeIfPresent(
                    row.roomNid(), (nid, before) -> before.with(row, ids.get(row.rootNid())));
        }
    }

    private Map<Long, EventId> rootIds(Collection<RoomRef> rooms, List<ThreadRow> rows) {
        var unread = new HashMap<RoomRef, List<Long>>();
        for (var room : rooms) {
            unread.put(
                    room,
                    rows.stream()
                            .filter(row -> row.roomNid() == room.roomNid())
                            .filter(row -> !row.unread().isNone())
                            .map(ThreadRow::rootNid)
                            .toList());
        }
        return events.find(unread).values().stream()
                .collect(Collectors.toMap(StoredEvent::nid, StoredEvent::eventId));
    }

    /// The threads that have receipts of their own, and up to where they are read.
    private Map<Long, Long> rootNids(Map<RoomRef, ReadUpTo> reads) {
        var nids = new HashMap<Long, Long>();
        var wanted = new HashMap<RoomRef, Collection<EventId>>();
        reads.forEach((room, read) -> wanted.put(room, read.threads().keySet()));
        events.findByIds(wanted)
                .forEach((room, found) -> {
                    var read = Objects.requireNonNull(reads.get(room));
                    for (var root : found) {
                        nids.put(
                                root.nid(),
                                Math.max(
                                        read.everything(),
                                        read.threads().getOrDefault(root.eventId(), 0L)));
                    }
                });
        return nids;
    }

    /// Positions up to which one user has read one room.
    ///
    /// @param everything by unthreaded receipts and the user's join
    /// @param main of the main timeline
    /// @param threads by the root's event ID
    private record ReadUpTo(long everything, long main, Map<EventId, Long> threads) {
        static ReadUpTo of(List<Receipt> own, long joinedAt) {
            long everything = joinedAt;
            long main = joinedAt;
            Map<EventId, Long> threads = new HashMap<>();
            for (var receipt : own) {
                switch (receipt.threadId()) {
                    case ReceiptService.UNTHREADED ->
                            everything = Math.max(everything, receipt.eventPos());
                    case ReceiptService.MAIN_THREAD -> main = Math.max(main, receipt.eventPos());
                    default ->
                            threads.merge(
                                    new EventId(receipt.threadId()), receipt.eventPos(), Math::max);
                }
            }
            return new ReadUpTo(everything, Math.max(main, everything), threads);
        }
    }
}
