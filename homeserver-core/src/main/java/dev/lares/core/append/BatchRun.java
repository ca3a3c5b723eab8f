package dev.lares.core.append;

import dev.lares.core.append.BasisQuery.Locking;
import dev.lares.core.append.BatchBasis.Positions;
import dev.lares.core.append.BatchBasis.ThreadRow;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.room.RoomRef;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Carries a batch through one transaction, steps 1 to 5 of an append, in two round trips. Decides
/// nothing about failures, and answers nobody.
@Component
class BatchRun {
    private static final Logger log = LoggerFactory.getLogger(BatchRun.class);

    private final RoomMemories memories;
    private final BasisRepository bases;
    private final BatchRepository batches;
    private final EventForge forge;
    private final ReceivedJudge judge;
    private final BatchSigning signing;
    private final NumberPool numbers;
    private final Failpoints failpoints;
    private final Clock clock;
    private final SecureRandom random;

    BatchRun(
            RoomMemories memories,
            BasisRepository bases,
            BatchRepository batches,
            EventForge forge,
            ReceivedJudge judge,
            BatchSigning signing,
            NumberPool numbers,
            Failpoints failpoints,
            Clock clock,
            SecureRandom random) {
        this.memories = memories;
        this.bases = bases;
        this.batches = batches;
        this.forge = forge;
        this.judge = judge;
        this.signing = signing;
        this.numbers = numbers;
        this.failpoints = failpoints;
        this.clock = clock;
        this.random = random;
    }

    /// @param positions absent where there was nothing to write
    /// @param plan absent where the batch turned out to be committed already
    record Result(Optional<Positions> positions, Optional<BatchPlan> plan) {}

    /// One attempt. The transaction is over when it returns, and broken off when it throws.
    ///
    /// @param maybeCommitted whether an earlier attempt of this batch has an unknown outcome
    Result run(
            Connection connection,
            List<Prepared> items,
            Locking locking,
            UUID batchId,
            Optional<UUID> maybeCommitted)
            throws SQLException {
        int drafts =
                items.stream()
                        .mapToInt(item -> item.drafts().size() + item.queued().received().size())
                        .sum();
        connection.setAutoCommit(true);
        numbers.require(connection, drafts, items.size());
        connection.setAutoCommit(false);
        var query = BasisQuery.of(items, memories, locking, maybeCommitted);
        var basis = bases.read(connection, query);
        failpoints.reached(Failpoints.Place.ROOMS_LOCKED);
        if (basis.committed.isPresent()) {
            connection.rollback();
            memories.forget(query.rooms().keySet().stream().map(RoomRef::roomNid).toList());
            return new Result(basis.committed, Optional.empty());
        }
        var plan = plan(connection, items, query, basis);
        items.forEach(plan::decide);
        if (plan.rows().isEmpty()) {
            connection.rollback();
            memories.putEvents(plan.events());
            return new Result(Optional.empty(), Optional.of(plan));
        }
        plan.sign(signing);
        failpoints.reached(Failpoints.Place.APPEND_BUILT);
        var positions = commit(connection, batchId, plan);
        try {
            remember(plan, positions);
        } catch (RuntimeException bug) {
            // It is durable, whatever memory makes of it.
            log.error("The memory of the rooms is thrown away", bug);
            memories.forgetAll();
        }
        return new Result(Optional.of(positions), Optional.of(plan));
    }

    private void remember(BatchPlan plan, Positions positions) {
        memories.putEvents(plan.events());
        for (var memory : plan.changed().values()) {
            long pos = lastPosition(plan, memory, positions);
            memories.put(memory.with(memory.head().at(pos), memory.state()));
        }
    }

    private Positions commit(Connection connection, UUID batchId, BatchPlan plan)
            throws SQLException {
        try {
            var positions = batches.write(connection, batchId, plan.rows(), clock.millis());
            failpoints.reached(Failpoints.Place.APPEND_ANSWERED);
            return positions;
        } catch (SQLException failure) {
            if (SqlFailure.isBroken(failure)) {
                throw new UnknownOutcomeException(failure, plan);
            }
            throw failure;
        }
    }

    private static long lastPosition(BatchPlan plan, RoomMemory memory, Positions positions) {
        int at = Objects.requireNonNull(plan.rows().lastAt.get(memory.room().roomNid()));
        return positions.first() - 1 + at;
    }

    private BatchPlan plan(
            Connection connection, List<Prepared> items, BasisQuery query, BatchBasis basis)
            throws SQLException {
        var refreshed = new HashMap<Long, RoomMemory>();
        var stale = new HashSet<Long>();
        for (var room : query.rooms().keySet()) {
            var epoch = basis.rooms.get(room.roomNid());
            if (epoch != null) {
                refresh(room, epoch, query, basis, stale)
                        .ifPresent(memory -> refreshed.put(room.roomNid(), memory));
            }
        }
        memories.forget(stale);
        refreshed.values().forEach(memories::put);
        var events = new HashMap<Long, Pdu>();
        basis.slots.forEach(
                slot -> slot.event().ifPresent(event -> events.put(slot.slot().eventNid(), event)));
        readMissing(connection, items, refreshed, events);
        var works = new HashMap<Long, RoomWork>();
        refreshed.forEach(
                (nid, memory) -> works.put(nid, new RoomWork(memory, events, threads(nid, basis))));
        return new BatchPlan(basis, works, stale, events, forge, judge, numbers, random);
    }

    /// What memory has of a locked room, brought up to the present.
    private Optional<RoomMemory> refresh(
            RoomRef room, int epoch, BasisQuery query, BatchBasis basis, Set<Long> stale) {
        long nid = room.roomNid();
        var known = memories.find(nid);
        var head = Optional.ofNullable(basis.heads.get(nid));
        boolean wasKnown =
                query.rooms().getOrDefault(room, BasisQuery.NOTHING_KNOWN)
                        != BasisQuery.NOTHING_KNOWN;
        if (wasKnown
                && (known.isEmpty()
                        || known.get().epoch() != epoch
                        || basis.changeRows >= BasisRepository.CHANGES_MAX)) {
            stale.add(nid);
            return Optional.empty();
        }
        if (known.isEmpty() && head.isEmpty()) {
            return Optional.empty();
        }
        var state = known.map(RoomMemory::state).orElse(CurrentState.UNKNOWN);
        state = state.with(basis.changes.getOrDefault(nid, Map.of()));
        var found = new HashMap<StateKey, CurrentState.Slot>();
        for (var key : query.keys()) {
            if (key.room().roomNid() == nid) {
                found.put(key.key(), CurrentState.Slot.NEVER);
            }
        }
        for (var slot : basis.slots) {
            if (slot.roomNid() == nid) {
                found.put(slot.key(), slot.slot());
            }
        }
        return Optional.of(
                new RoomMemory(
                        room,
                        epoch,
                        head.or(() -> known.map(RoomMemory::head)).orElseThrow(),
                        state.with(found)));
    }

    /// Events of places that memory knows but whose events it has let go, or that another replica
    /// put there.
    private void readMissing(
            Connection connection,
            List<Prepared> items,
            Map<Long, RoomMemory> rooms,
            Map<Long, Pdu> events)
            throws SQLException {
        var missing = new HashMap<Long, RoomRef>();
        for (var item : items) {
            var memory = item.room().map(room -> rooms.get(room.roomNid())).orElse(null);
            if (memory == null) {
                continue;
            }
            for (var key : item.stateKeys()) {
                var slot = memory.state().find(key);
                if (slot == null || slot.eventNid() == 0 || events.containsKey(slot.eventNid())) {
                    continue;
                }
                var cached = memories.findEvent(slot.eventNid());
                if (cached.isPresent()) {
                    events.put(slot.eventNid(), cached.get());
                } else {
                    missing.put(slot.eventNid(), memory.room());
                }
            }
        }
        if (!missing.isEmpty()) {
            events.putAll(bases.readEvents(connection, missing));
        }
    }

    private static Map<EventId, ThreadRow> threads(long roomNid, BatchBasis basis) {
        var threads = new HashMap<EventId, ThreadRow>();
        basis.threads.forEach((key, counts) -> {
            if (key.roomNid() == roomNid) {
                threads.put(key.root(), counts);
            }
        });
        return threads;
    }
}
