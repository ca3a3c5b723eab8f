package dev.lares.core.append;

import dev.lares.core.append.BatchBasis.ThreadRow;
import dev.lares.core.append.BatchRows.AnswerRow;
import dev.lares.core.append.BatchRows.RoomKey;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.event.UnsignedPdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.room.RoomRef;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Steps 2 to 4 of one batch: brings its rooms up to what was read under their locks, and decides
/// item by item. Holds all that is to be written and all that memory is to learn afterwards.
final class BatchPlan {
    private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int ID_LENGTH = 18;

    private final BatchBasis basis;
    private final EventForge forge;
    private final ReceivedJudge judge;
    private final NumberPool numbers;
    private final SecureRandom random;
    private final Map<Long, RoomWork> rooms;
    private final Set<Long> stale;
    private final Set<Long> waitingRooms = new HashSet<>();
    private final Set<Long> waitingAccounts = new HashSet<>();
    private final BatchRows rows = new BatchRows();
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<Long, RoomMemory> changed = new HashMap<>();
    private final Map<Long, Pdu> events;

    /// Events of ours by number.
    private final Map<Long, UnsignedPdu> unsigned = new LinkedHashMap<>();

    /// @param rooms those that are locked and known
    /// @param stale locked rooms of which memory was too old to be brought up
    /// @param events state events by number, which the plan adds to
    BatchPlan(
            BatchBasis basis,
            Map<Long, RoomWork> rooms,
            Set<Long> stale,
            Map<Long, Pdu> events,
            EventForge forge,
            ReceivedJudge judge,
            NumberPool numbers,
            SecureRandom random) {
        this.basis = basis;
        this.rooms = new HashMap<>(rooms);
        this.stale = stale;
        this.events = events;
        this.forge = forge;
        this.judge = judge;
        this.numbers = numbers;
        this.random = random;
    }

    BatchRows rows() {
        return rows;
    }

    List<Decision> decisions() {
        return decisions;
    }

    /// Rooms that the batch changed, their heads without the position.
    Map<Long, RoomMemory> changed() {
        return changed;
    }

    /// State events that were read or made.
    Map<Long, Pdu> events() {
        return events;
    }

    void decide(Prepared item) {
        decisions.add(decision(item));
    }

    /// After the last decision: gives our events their signatures.
    void sign(BatchSigning signing) {
        var signed = signing.sign(unsigned);
        rows.events.replaceAll(event -> {
            var pdu = signed.get(event.eventNid());
            return pdu == null ? event : event.with(pdu);
        });
        events.replaceAll((nid, event) -> signed.getOrDefault(nid, event));
        unsigned.clear();
    }

    private Decision decision(Prepared item) {
        // Its caller has been told that it failed; while we still can, we keep that true.
        if (item.queued().isOver(System.nanoTime())) {
            return new Decision.Refused(item, MatrixException.unavailable("Too late"));
        }
        if (isMissed(item)) {
            // What comes later for the same room or account waits behind it.
            item.room().ifPresent(room -> waitingRooms.add(room.roomNid()));
            waitingAccounts.addAll(item.accounts());
            return new Decision.Missed(item);
        }
        if (item.room().isPresent() && !rooms.containsKey(item.room().get().roomNid())) {
            return stale.contains(item.room().get().roomNid())
                    ? new Decision.Stale(item)
                    : new Decision.Refused(
                            item,
                            new MatrixException(
                                    ErrorCode.M_NOT_FOUND, "We do not know what is in that room"));
        }
        var answer = item.transaction().map(basis.answers::get);
        if (answer.isPresent()) {
            return new Decision.Repeated(
                    item,
                    item.room().map(RoomRef::roomId),
                    answer.get().eventId().stream().toList(),
                    item.room().map(room -> existing(room).head().pos()).orElse(0L));
        }
        try {
            return item.queued().receiving().isPresent() ? receive(item) : write(item);
        } catch (MatrixException refusal) {
            return new Decision.Refused(item, refusal);
        }
    }

    private boolean isMissed(Prepared item) {
        if (item.room().isPresent()) {
            long nid = item.room().get().roomNid();
            if (!basis.rooms.containsKey(nid) || waitingRooms.contains(nid)) {
                return true;
            }
        }
        for (long account : item.accounts()) {
            if (waitingAccounts.contains(account)
                    || (basis.existingAccounts.contains(account)
                            && !basis.accounts.contains(account))) {
                return true;
            }
        }
        return false;
    }

    private Decision write(Prepared item) {
        var forged = new ArrayList<EventForge.Forged>();
        var room = workOn(item);
        for (var draft : item.drafts()) {
            int at = rows.size() + forged.size() + 1;
            forged.add(forge.forge(draft, item, room.orElseThrow(), at));
        }
        for (var made : forged) {
            rows.add(made.event());
            unsigned.put(made.event().eventNid(), made.unsigned());
        }
        item.item().rows().forEach(rows::add);
        room.ifPresent(work -> keep(item, work));
        var eventNid = forged.stream().map(made -> made.event().eventNid()).findFirst();
        var eventIds = forged.stream().map(made -> made.unsigned().pdu().eventId()).toList();
        item.transaction()
                .ifPresent(key -> {
                    rows.answers.add(new AnswerRow(key, eventNid));
                    // A repetition may be in the same batch.
                    basis.answers.put(key, new BatchBasis.Answer(eventIds.stream().findFirst()));
                });
        return new Decision.Written(
                item, room.map(work -> work.memory().room().roomId()), eventIds, rows.size());
    }

    private Decision receive(Prepared item) {
        var work = existing(item.room().orElseThrow()).fork();
        var plan = new ReceivedPlan(item, work, basis, judge);
        var missing = plan.missing();
        if (!missing.isEmpty() && !item.queued().receiving().orElseThrow().isUnderWay()) {
            return new Decision.Incomplete(item, missing.prevEvents(), missing.authEvents());
        }
        plan.decide(rows.size());
        boolean written = plan.write(rows);
        if (plan.changedTheRoom()) {
            keep(item, work);
        }
        return plan.decision(written ? rows.size() : 0);
    }

    private Optional<RoomWork> workOn(Prepared item) {
        return item.item()
                .room()
                .map(target ->
                        switch (target) {
                            case TargetRoom.Existing ignored ->
                                    existing(item.room().orElseThrow()).fork();
                            case TargetRoom.New made -> newRoom(made);
                        });
    }

    private RoomWork existing(RoomRef room) {
        var work = rooms.get(room.roomNid());
        if (work == null) {
            throw new IllegalStateException("Room " + room.roomNid() + " is not locked");
        }
        return work;
    }

    private RoomWork newRoom(TargetRoom.New made) {
        var room = new RoomRef(numbers.nextRoom(), newRoomId(made.domain()), made.version());
        return new RoomWork(
                new RoomMemory(room, 0, RoomHead.NONE, CurrentState.EMPTY),
                events,
                new HashMap<EventId, ThreadRow>());
    }

    /// The item passed: what it made of the room is what later items find.
    private void keep(Prepared item, RoomWork work) {
        var memory = work.memory();
        long nid = memory.room().roomNid();
        rooms.put(nid, work);
        if (item.drafts().isEmpty() && item.queued().receiving().isEmpty()) {
            return;
        }
        changed.put(nid, memory);
        if (item.room().isEmpty()) {
            rows.newRooms.add(memory.room());
        }
        for (Map.Entry<StateKey, Long> key : work.newKeys().entrySet()) {
            rows.newKeys.put(new RoomKey(nid, key.getKey()), key.getValue());
        }
    }

    private RoomId newRoomId(ServerName domain) {
        var id = new StringBuilder("!");
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        return new RoomId(id.append(':').append(domain.value()).toString());
    }
}
