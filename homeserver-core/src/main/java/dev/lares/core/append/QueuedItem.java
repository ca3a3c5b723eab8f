package dev.lares.core.append;

import dev.lares.core.event.Pdu;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.AppendResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An item on its way through the writer.
final class QueuedItem {
    private final AppendItem item;
    private final Optional<Receiving> receiving;
    private final long deadlineNanos;
    private final int sizeBytes;
    private final Lane lane;
    private final CompletableFuture<AppendResult> answer = new CompletableFuture<>();
    private boolean missed;
    private boolean secondChance = true;

    /// @param deadlineNanos of [System#nanoTime]
    /// @param sizeBytes about what it takes on the wire
    QueuedItem(AppendItem item, long deadlineNanos, int sizeBytes) {
        this(item, Optional.empty(), deadlineNanos, sizeBytes);
    }

    /// An item of events that were made elsewhere.
    static QueuedItem received(Receiving receiving, long deadlineNanos) {
        var item = receiving.item();
        return new QueuedItem(item, Optional.of(receiving), deadlineNanos, receiving.sizeBytes());
    }

    private QueuedItem(
            AppendItem item, Optional<Receiving> receiving, long deadlineNanos, int sizeBytes) {
        this.item = item;
        this.receiving = receiving;
        this.deadlineNanos = deadlineNanos;
        this.sizeBytes = sizeBytes;
        this.lane = lane(item);
    }

    /// Items of one lane are written in the order in which they came.
    sealed interface Lane {
        record OfRoom(String roomId) implements Lane {}

        record OfUser(long userNid) implements Lane {}

        /// A room that there is not yet.
        record OfNewRoom(String creator) implements Lane {}
    }

    private static Lane lane(AppendItem item) {
        if (item.room().isEmpty()) {
            return new Lane.OfUser(item.rows().getFirst().userNid());
        }
        return switch (item.room().get()) {
            case TargetRoom.Existing existing -> new Lane.OfRoom(existing.roomId().value());
            case TargetRoom.New ignored ->
                    new Lane.OfNewRoom(item.drafts().getFirst().sender().value());
        };
    }

    AppendItem item() {
        return item;
    }

    Optional<Receiving> receiving() {
        return receiving;
    }

    /// Events that were made elsewhere and have not landed yet.
    List<Pdu> received() {
        return receiving.map(Receiving::left).orElse(List.of());
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    Lane lane() {
        return lane;
    }

    CompletableFuture<AppendResult> answer() {
        return answer;
    }

    /// Whether nobody waits for it any more.
    boolean isOver(long nowNanos) {
        return answer.isDone() || nowNanos - deadlineNanos >= 0;
    }

    /// A lock that it needs is held by another replica. On the writer's thread, as all of this.
    void miss() {
        missed = true;
    }

    void begin() {
        missed = false;
    }

    /// True once.
    boolean takeSecondChance() {
        boolean had = secondChance;
        secondChance = false;
        return had;
    }

    boolean isMissed() {
        return missed;
    }
}
