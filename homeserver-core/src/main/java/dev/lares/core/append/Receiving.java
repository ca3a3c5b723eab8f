package dev.lares.core.append;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.AppendResult;
import dev.lares.core.log.Position;
import dev.lares.core.log.ReceivedItem;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.log.ReceivedResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a [ReceivedItem] has come. Used by the writer's thread and, while the item is away from
/// it, by the background lane; never by both at a time.
final class Receiving {
    private static final int PDU_BYTES = 500;

    private final AppendItem item;
    private final List<Incoming> incoming;
    private final int sizeBytes;
    private final Map<EventId, ReceivedOutcome> outcomes = new LinkedHashMap<>();
    private long lastPos;
    private int landed;
    private volatile @Nullable ReceivedResult result;

    Receiving(ReceivedItem received) {
        item =
                new AppendItem(
                        Optional.of(new TargetRoom.Existing(received.roomId())),
                        List.of(),
                        received.rows(),
                        Optional.empty());
        incoming = received.pdus().stream().map(Incoming::new).toList();
        int bytes =
                received.pdus().stream()
                        .mapToInt(verified -> PDU_BYTES + verified.pdu().json().sizeBytes())
                        .sum();
        sizeBytes = ItemSize.of(item) + bytes;
    }

    /// The item without its events.
    AppendItem item() {
        return item;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    /// Those that have not landed yet, in their order.
    List<Incoming> incoming() {
        return incoming.subList(landed, incoming.size());
    }

    List<Pdu> left() {
        return incoming().stream().map(Incoming::pdu).toList();
    }

    /// Whether a part of it has landed, and so all that it cites is known or never will be.
    boolean isUnderWay() {
        return landed > 0;
    }

    /// Notes what is durable.
    ///
    /// @param pos of the last row
    void landed(List<ReceivedOutcome> next, long pos) {
        for (var outcome : next) {
            outcomes.putIfAbsent(incoming.get(landed++).pdu().eventId(), outcome);
        }
        lastPos = Math.max(lastPos, pos);
    }

    /// All have landed.
    AppendResult finish(int extremities) {
        return finish(new ReceivedResult.Landed(new Position(lastPos), outcomes, extremities));
    }

    AppendResult finish(ReceivedResult made) {
        result = made;
        return new AppendResult(new Position(lastPos), Optional.empty(), List.of(), false);
    }

    ReceivedResult result() {
        var made = result;
        if (made == null) {
            throw new IllegalStateException("The item was answered without a result");
        }
        return made;
    }
}
