package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomStretches.Stretch;
import dev.lares.client.slidingsync.SentRoom.Mark;
import dev.lares.client.sync.Ephemerals;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.receipt.Receipt;
import dev.lares.core.receipt.ReceiptService;
import dev.lares.core.room.RoomRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Tells receipts: what changed, and with a room that is new to the client those on the events of
/// its timeline and the user's own.
@Component
class ReceiptsExtension {
    private final ReceiptService receipts;
    private final Ephemerals ephemerals;
    private final LastChanges changes;

    ReceiptsExtension(ReceiptService receipts, Ephemerals ephemerals, LastChanges changes) {
        this.receipts = receipts;
        this.ephemerals = ephemerals;
        this.changes = changes;
    }

    /// Writes nothing where there is nothing to tell.
    void write(JsonBuffer json, RoomStretches rooms) {
        var scope = rooms.context().request().rules().extensions().receipts();
        var stretches =
                rooms.marked(scope, Mark.RECEIPTS, changes::ephemeralChanged).stream()
                        .filter(one ->
                                one.room().room().membership().membership() == Membership.JOIN)
                        .filter(one -> changes.ephemeralChanged(one.roomNid(), one.from()))
                        .toList();
        if (stretches.isEmpty()) {
            return;
        }
        var events = ephemerals.receiptEvents(read(stretches, rooms));
        if (events.isEmpty()) {
            return;
        }
        json.name("receipts").openObject().name("rooms").openObject();
        events.forEach((room, event) -> json.name(room.roomId().value()).raw(event.toBytes()));
        json.closeObject().closeObject();
    }

    private Map<RoomRef, List<Receipt>> read(List<Stretch> stretches, RoomStretches rooms) {
        var context = rooms.context();
        var userNid = context.viewer().userNid();
        var first = new HashMap<Long, Long>();
        stretches.stream()
                .filter(Stretch::whole)
                .forEach(one -> first.put(one.roomNid(), firstShown(one, rooms)));
        var nids = stretches.stream().mapToLong(Stretch::roomNid).toArray();
        // A receipt comes later than the event that it is on.
        var from =
                stretches.stream()
                        .mapToLong(one -> first.getOrDefault(one.roomNid(), one.from().value()))
                        .toArray();
        var found = new HashMap<Long, Set<Receipt>>();
        for (var receipt : receipts.changed(userNid, nids, from, context.to())) {
            if (receipt.eventPos() >= first.getOrDefault(receipt.roomNid(), Long.MIN_VALUE)) {
                add(found, receipt);
            }
        }
        if (!first.isEmpty()) {
            var whole = first.keySet().stream().mapToLong(Long::longValue).toArray();
            receipts.own(userNid, whole, context.to()).forEach(receipt -> add(found, receipt));
        }
        var byRoom = new HashMap<RoomRef, List<Receipt>>();
        for (var one : stretches) {
            var ofRoom = found.getOrDefault(one.roomNid(), Set.of());
            byRoom.put(
                    one.room().room().ref(),
                    ofRoom.stream()
                            .filter(receipt ->
                                    !context.ignored().contains(receipt.userId().value()))
                            .collect(Collectors.toCollection(ArrayList::new)));
        }
        return byRoom;
    }

    private static void add(Map<Long, Set<Receipt>> found, Receipt receipt) {
        found.computeIfAbsent(receipt.roomNid(), nid -> new LinkedHashSet<>()).add(receipt);
    }

    /// Position of the oldest event that the answer shows of a room that is new to the client; of a
    /// room that it knows, any event may have got a receipt meanwhile.
    private static long firstShown(Stretch stretch, RoomStretches rooms) {
        var entry = rooms.entries().get(stretch.roomNid());
        return entry == null || !entry.news().isInitial() || entry.timeline().events().isEmpty()
                ? Position.ZERO.value()
                : entry.timeline().events().getFirst().pos();
    }
}
