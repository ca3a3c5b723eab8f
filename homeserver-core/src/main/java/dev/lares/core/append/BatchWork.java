package dev.lares.core.append;

import dev.lares.core.append.BasisQuery.Locking;
import dev.lares.core.append.BatchBasis.Positions;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.log.AppendResult;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.OwnBatches;
import dev.lares.core.log.Position;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.room.RoomRef;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/// Gets batches written whatever the database does meanwhile (step 6 of an append), and answers the
/// items. On the writer's thread only.
@Component
class BatchWork {
    private static final Logger log = LoggerFactory.getLogger(BatchWork.class);
    private static final long PAUSE_MILLIS = 50;

    private final Preparation preparation;
    private final BatchRun runs;
    private final WriterConnection connection;
    private final RoomMemories memories;
    private final OwnBatches ownBatches;
    private final BackgroundLane lane;
    private final WriterMetrics metrics;
    private final SecureRandom random;

    /// Whether the database has taken or refused anything of the batch. That requests have given up
    /// is no progress.
    private boolean progress;

    BatchWork(
            Preparation preparation,
            BatchRun runs,
            WriterConnection connection,
            RoomMemories memories,
            OwnBatches ownBatches,
            BackgroundLane lane,
            WriterMetrics metrics,
            SecureRandom random) {
        this.preparation = preparation;
        this.runs = runs;
        this.connection = connection;
        this.memories = memories;
        this.ownBatches = ownBatches;
        this.lane = lane;
        this.metrics = metrics;
        this.random = random;
    }

    /// Writes the items; answers those that have to be tried again, in their order.
    List<QueuedItem> write(List<QueuedItem> batch, Locking locking) throws InterruptedException {
        long began = System.nanoTime();
        metrics.begin(batch.size());
        progress = false;
        var again = prepareAndWrite(batch, locking);
        if (progress) {
            metrics.end(began);
        }
        return again;
    }

    private List<QueuedItem> prepareAndWrite(List<QueuedItem> batch, Locking locking)
            throws InterruptedException {
        List<Prepared> prepared;
        try {
            prepared = preparation.prepare(batch);
        } catch (RuntimeException failure) {
            return afterFailedPreparation(batch, locking, failure);
        }
        return writePrepared(prepared, locking);
    }

    /// Nothing is written yet, so all that the batch can suffer from is the database or one item.
    private List<QueuedItem> afterFailedPreparation(
            List<QueuedItem> batch, Locking locking, RuntimeException failure)
            throws InterruptedException {
        var cause = NestedExceptionUtils.getMostSpecificCause(failure);
        if (cause instanceof SQLException sql && SqlFailure.of(sql) == SqlFailure.PASSING) {
            log.warn("A batch could not be prepared: {}", failure.getMessage());
            pause();
            return alive(batch);
        }
        if (batch.size() == 1) {
            progress = true;
            blame(batch.getFirst(), cause);
            return List.of();
        }
        var again = new ArrayList<QueuedItem>();
        for (var item : batch) {
            again.addAll(prepareAndWrite(List.of(item), locking));
        }
        return again;
    }

    private List<QueuedItem> writePrepared(List<Prepared> items, Locking locking)
            throws InterruptedException {
        if (items.isEmpty()) {
            progress = true; // all were refused before
            return List.of();
        }
        var batchId = new UUID(random.nextLong(), random.nextLong());
        BatchRun.Result result;
        try {
            result = runs.run(connection.get(), items, locking, batchId, Optional.empty());
        } catch (UnknownOutcomeException failure) {
            log.warn("The connection broke during a commit; the batch is looked for", failure);
            return resolve(items, batchId, failure.plan());
        } catch (SQLException failure) {
            return afterFailure(items, locking, failure);
        } catch (RuntimeException bug) {
            // Of one item, most likely: the others must not suffer.
            connection.rollback();
            memories.forget(rooms(items));
            return halve(items, locking, bug);
        }
        return finish(result.positions(), result.plan().orElseThrow());
    }

    private List<QueuedItem> afterFailure(
            List<Prepared> items, Locking locking, SQLException failure)
            throws InterruptedException {
        var kind = SqlFailure.of(failure);
        metrics.failed(kind);
        if (SqlFailure.isBroken(failure)) {
            connection.close();
        } else {
            connection.rollback();
        }
        memories.forget(rooms(items));
        return switch (kind) {
            case CULPRIT -> halve(items, locking, failure);
            case PASSING -> {
                log.warn("A batch is tried again: {}", failure.getMessage());
                pause();
                yield alive(items.stream().map(Prepared::queued).toList());
            }
        };
    }

    /// Finds the one item that makes the database fail.
    private List<QueuedItem> halve(List<Prepared> items, Locking locking, Exception failure)
            throws InterruptedException {
        if (items.size() == 1) {
            var item = items.getFirst().queued();
            // A key or an answer that came into being beside the writer is found the second time.
            if (SqlFailure.isDuplicate(failure) && item.takeSecondChance()) {
                return writePrepared(items, locking);
            }
            progress = true;
            blame(item, failure);
            return List.of();
        }
        int middle = items.size() / 2;
        var again = new ArrayList<>(writePrepared(items.subList(0, middle), locking));
        again.addAll(writePrepared(items.subList(middle, items.size()), locking));
        return again;
    }

    private static void blame(QueuedItem item, Throwable failure) {
        if (SqlFailure.isUnstorableText(failure)) {
            item.answer()
                    .completeExceptionally(
                            new MatrixException(
                                    ErrorCode.M_BAD_JSON,
                                    "A text holds a character that cannot be stored"));
            return;
        }
        log.error("An append cannot be written", failure);
        item.answer()
                .completeExceptionally(
                        new MatrixException(ErrorCode.M_UNKNOWN, "Internal server error"));
    }

    /// The batch may be durable. Its old backend holds the locks of its rooms until it is through,
    /// so once we have them the answer is final: under them the batch is either found by its id, or
    /// nothing of it exists and it is made anew with the same id.
    private List<QueuedItem> resolve(List<Prepared> items, UUID batchId, BatchPlan first)
            throws InterruptedException {
        var plan = first;
        metrics.outcomeUnknown();
        connection.close();
        memories.forget(rooms(items));
        while (!alive(items.stream().map(Prepared::queued).toList()).isEmpty()) {
            try {
                var result =
                        runs.run(
                                connection.get(),
                                items,
                                Locking.WAIT,
                                batchId,
                                Optional.of(batchId));
                return finish(result.positions(), result.plan().orElse(plan));
            } catch (UnknownOutcomeException failure) {
                // Made only because nothing of the first attempt existed.
                plan = failure.plan();
                connection.close();
                pause();
            } catch (SQLException failure) {
                if (SqlFailure.of(failure) == SqlFailure.CULPRIT) {
                    return afterFailure(items, Locking.WAIT, failure);
                }
                log.warn("The batch is still looked for: {}", failure.getMessage());
                if (SqlFailure.isBroken(failure)) {
                    connection.close();
                } else {
                    connection.rollback();
                }
                pause();
            }
        }
        return List.of();
    }

    private List<QueuedItem> finish(Optional<Positions> committed, BatchPlan plan) {
        var again = new ArrayList<QueuedItem>();
        committed.ifPresent(positions -> apply(plan, positions));
        for (var decision : plan.decisions()) {
            metrics.count(decision);
            answer(decision, committed.orElse(null), again);
        }
        progress |= committed.isPresent() || again.size() < plan.decisions().size();
        return alive(again);
    }

    private void apply(BatchPlan plan, Positions positions) {
        var rows = plan.rows();
        ownBatches.committed(
                new AppliedBatch(
                        new Position(positions.first()),
                        new Position(positions.last()),
                        List.copyOf(rows.rooms),
                        List.copyOf(rows.users),
                        List.copyOf(rows.streams.keySet())));
    }

    private void answer(Decision decision, @Nullable Positions positions, List<QueuedItem> again) {
        var answer = decision.item().queued().answer();
        switch (decision) {
            case Decision.Written written -> {
                if (positions == null) {
                    throw new IllegalStateException("Something was written without a position");
                }
                answer.complete(
                        new AppendResult(
                                new Position(positions.first() - 1 + written.lastAt()),
                                written.roomId(),
                                written.eventIds(),
                                false));
            }
            case Decision.Repeated repeated -> {
                long pos = positions == null ? repeated.roomPos() : positions.last();
                answer.complete(
                        new AppendResult(
                                new Position(pos), repeated.roomId(), repeated.eventIds(), true));
            }
            case Decision.Received received -> answer(received, positions);
            case Decision.Incomplete missing ->
                    answer.complete(
                            receiving(missing)
                                    .finish(
                                            new ReceivedResult.Missing(
                                                    missing.prevEvents(), missing.authEvents())));
            case Decision.Refused refused -> answer.completeExceptionally(refused.refusal());
            case Decision.Missed missed -> {
                missed.item().queued().miss();
                again.add(missed.item().queued());
            }
            case Decision.Stale stale -> again.add(stale.item().queued());
        }
    }

    private void answer(Decision.Received received, @Nullable Positions positions) {
        if (received.lastAt() > 0 && positions == null) {
            throw new IllegalStateException("Something was written without a position");
        }
        long pos =
                received.lastAt() > 0 && positions != null
                        ? positions.first() - 1 + received.lastAt()
                        : received.roomPos();
        var receiving = receiving(received);
        receiving.landed(received.outcomes(), pos);
        var queued = received.item().queued();
        if (received.rest().isPresent()) {
            lane.submit(queued, received.rest().get());
        } else {
            queued.answer().complete(receiving.finish(received.extremities()));
        }
    }

    private static Receiving receiving(Decision decision) {
        return decision.item().queued().receiving().orElseThrow();
    }

    void close() {
        lane.close();
        connection.close();
    }

    private static List<QueuedItem> alive(List<QueuedItem> items) {
        long now = System.nanoTime();
        return items.stream().filter(item -> !item.isOver(now)).toList();
    }

    private static List<Long> rooms(List<Prepared> items) {
        return items.stream().flatMap(item -> item.room().stream()).map(RoomRef::roomNid).toList();
    }

    private static void pause() throws InterruptedException {
        new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
