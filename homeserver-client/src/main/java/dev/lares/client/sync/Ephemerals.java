package dev.lares.client.sync;

import dev.lares.core.filter.EventFilter;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.LastChanges;
import dev.lares.core.receipt.Receipt;
import dev.lares.core.receipt.ReceiptService;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.typing.TypingService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What happens in rooms and is not kept: receipts and typing.
@Component
public class Ephemerals {
    private final ReceiptService receipts;
    private final TypingService typing;
    private final EventReader events;
    private final LastChanges changes;

    Ephemerals(
            ReceiptService receipts,
            TypingService typing,
            EventReader events,
            LastChanges changes) {
        this.changes = changes;
        this.receipts = receipts;
        this.typing = typing;
        this.events = events;
    }

    /// The `m.receipt` and `m.typing` of rooms, ready to be written, by the rooms' internal
    /// numbers.
    Map<Long, List<byte[]>> read(List<RoomPlan> plans, SyncContext context) {
        var filter = context.filter().ephemeral();
        var wanted =
                plans.stream()
                        .filter(plan -> filter.wantsRoom(plan.room().roomId().value()))
                        .filter(plan -> changes.ephemeralChanged(plan.roomNid(), plan.from()))
                        .toList();
        Map<Long, List<byte[]>> ready = new HashMap<>();
        if (wanted.isEmpty() || filter.limit() == 0) {
            return ready;
        }
        var roomNids = wanted.stream().mapToLong(RoomPlan::roomNid).toArray();
        var from = wanted.stream().mapToLong(plan -> plan.from().value()).toArray();
        if (filter.wantsType("m.receipt")) {
            addReceipts(wanted, roomNids, from, filter, context, ready);
        }
        if (filter.wantsType("m.typing")) {
            typing.changed(roomNids, from, context.to())
                    .forEach((roomNid, users) ->
                            add(ready, roomNid, typingEvent(users, context.ignored())));
        }
        return ready;
    }

    /// [`m.typing`](https://spec.matrix.org/v1.19/client-server-api/#mtyping).
    public static JsonBuffer typingEvent(List<UserId> users, Set<String> ignored) {
        var json = new JsonBuffer().openObject();
        json.name("type").string("m.typing");
        json.name("content").openObject().name("user_ids").openArray();
        users.stream()
                .filter(user -> !ignored.contains(user.value()))
                .forEach(user -> json.string(user.value()));
        return json.closeArray().closeObject().closeObject();
    }

    /// The `m.receipt` of each room that has some of the receipts.
    public Map<RoomRef, JsonBuffer> receiptEvents(Map<RoomRef, List<Receipt>> receipts) {
        var wanted = new HashMap<RoomRef, List<Long>>();
        receipts.forEach((room, ofRoom) ->
                wanted.put(room, ofRoom.stream().map(Receipt::eventNid).distinct().toList()));
        var read = events.find(wanted);
        var ready = new HashMap<RoomRef, JsonBuffer>();
        receipts.forEach((room, ofRoom) -> {
            if (!ofRoom.isEmpty()) {
                ready.put(room, receiptEvent(ofRoom, read));
            }
        });
        return ready;
    }

    private void addReceipts(
            List<RoomPlan> plans,
            long[] roomNids,
            long[] from,
            EventFilter filter,
            SyncContext context,
            Map<Long, List<byte[]>> ready) {
        var changed =
                receipts.changed(context.viewer().userNid(), roomNids, from, context.to()).stream()
                        .filter(receipt -> filter.wantsSender(receipt.userId().value()))
                        .filter(receipt -> !context.ignored().contains(receipt.userId().value()))
                        .collect(Collectors.groupingBy(Receipt::roomNid));
        if (changed.isEmpty()) {
            return;
        }
        var byRoom = new HashMap<RoomRef, List<Receipt>>();
        for (var plan : plans) {
            byRoom.put(plan.room(), changed.getOrDefault(plan.roomNid(), List.of()));
        }
        receiptEvents(byRoom).forEach((room, event) -> add(ready, room.roomNid(), event));
    }

    /// [`m.receipt`](https://spec.matrix.org/v1.19/client-server-api/#mreceipt): event → type →
    /// user. A user's receipts for one event in several threads cannot all be told there; the last
    /// one is.
    private static JsonBuffer receiptEvent(List<Receipt> receipts, Map<Long, StoredEvent> read) {
        var byEvent =
                receipts.stream()
                        .filter(receipt -> read.containsKey(receipt.eventNid()))
                        .collect(
                                Collectors.groupingBy(
                                        Receipt::eventNid,
                                        LinkedHashMap::new,
                                        Collectors.groupingBy(
                                                Receipt::type,
                                                LinkedHashMap::new,
                                                Collectors.toList())));
        var json = new JsonBuffer().openObject();
        json.name("type").string("m.receipt");
        json.name("content").openObject();
        byEvent.forEach((eventNid, byType) -> {
            json.name(eventId(read, eventNid).value()).openObject();
            byType.forEach((type, ofType) -> {
                json.name(type.value()).openObject();
                perUser(ofType).values().forEach(receipt -> write(json, receipt));
                json.closeObject();
            });
            json.closeObject();
        });
        return json.closeObject().closeObject();
    }

    private static EventId eventId(Map<Long, StoredEvent> read, long eventNid) {
        var event = read.get(eventNid);
        if (event == null) {
            throw new IllegalStateException("Receipts of missing events were left out before");
        }
        return event.eventId();
    }

    private static Map<String, Receipt> perUser(List<Receipt> receipts) {
        var byUser = new LinkedHashMap<String, Receipt>();
        receipts.forEach(receipt -> byUser.put(receipt.userId().value(), receipt));
        return byUser;
    }

    private static void write(JsonBuffer json, Receipt receipt) {
        json.name(receipt.userId().value()).openObject();
        json.name("ts").number(receipt.ts());
        if (!receipt.threadId().equals(ReceiptService.UNTHREADED)) {
            json.name("thread_id").string(receipt.threadId());
        }
        json.closeObject();
    }

    private static void add(Map<Long, List<byte[]>> ready, long roomNid, JsonBuffer json) {
        ready.computeIfAbsent(roomNid, nid -> new ArrayList<>()).add(json.toBytes());
    }
}
