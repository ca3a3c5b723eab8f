package dev.lares.core.append;

import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.room.RoomRef;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// A room of ours in which users of other servers take part, with the model that it is compared to.
final class ForeignRoom {
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final LogNode node;
    private final UserId alice;
    private final RoomModel model;
    private long ts = 1_000;

    ForeignRoom(LogNode node, RoomVersion version) {
        this.node = node;
        alice = node.user("alice" + SERIAL.incrementAndGet());
        var made = node.writer().append(Rooms.creation(alice, version), Rooms.DEADLINE);
        model = new RoomModel(Foreign.room(node, made.roomId().orElseThrow()));
        made.eventIds().forEach(this::learn);
    }

    UserId alice() {
        return alice;
    }

    RoomRef ref() {
        return model.room();
    }

    RoomModel model() {
        return model;
    }

    StoredRoom stored() {
        return new StoredRoom(node, ref());
    }

    /// Adds one of our own events to the model.
    void learn(EventId own) {
        model.add(Foreign.stored(node, ref(), own));
    }

    /// A member who joins by their own server.
    Pdu join(UserId user) {
        return join(user, model.leaves().getLast());
    }

    Pdu join(UserId user, Pdu after) {
        var join = make(Rooms.member(user, user, "join"), after);
        if (!(outcome(join) instanceof ReceivedOutcome.Accepted)) {
            throw new AssertionError(user + " could not join");
        }
        return join;
    }

    /// An event on another one; it does not arrive yet.
    Pdu make(EventDraft draft, Pdu after) {
        if (!model.contains(after.eventId())) {
            return Foreign.make(ref(), draft, List.of(after), authOfUnknown(draft, after), ++ts);
        }
        return add(Foreign.make(ref(), draft, List.of(after), model.stateOn(List.of(after)), ++ts));
    }

    Pdu make(EventDraft draft, Pdu after, String type) {
        var renamed =
                new EventDraft(
                        draft.sender(),
                        type,
                        draft.stateKey(),
                        draft.content(),
                        draft.redacts(),
                        draft.originServerTs());
        return Foreign.make(ref(), renamed, List.of(after), model.stateOn(model.leaves()), ++ts);
    }

    private List<Pdu> authOfUnknown(EventDraft draft, Pdu after) {
        return Foreign.make(ref(), draft, List.of(after), model.stateOn(model.leaves()), ts)
                .authEvents()
                .stream()
                .map(model::get)
                .toList();
    }

    Pdu add(Pdu pdu) {
        model.add(pdu);
        return pdu;
    }

    ReceivedOutcome outcome(Pdu pdu) {
        if (!model.contains(pdu.eventId())
                && !pdu.prevEvents().isEmpty()
                && pdu.prevEvents().stream().allMatch(model::contains)
                && !pdu.type().contains("\u0000")) {
            model.add(pdu);
        }
        return Foreign.outcome(node, pdu);
    }

    EventId send(String body) {
        return sendState(Rooms.message(alice, body));
    }

    /// One of our own events.
    EventId sendState(EventDraft draft) {
        var id = Rooms.append(node, ref().roomId(), draft).eventIds().getFirst();
        learn(id);
        return id;
    }

    /// Power of 100 for these users and for the room's creator.
    EventDraft powerOf(List<UserId> users) {
        var all =
                users.stream()
                        .map(user -> "\"" + user.value() + "\":100")
                        .collect(Collectors.toList());
        if (!ref().version().rules().privilegedCreators()) {
            all.add("\"" + alice.value() + "\":100");
        }
        return EventDraft.state(
                alice,
                "m.room.power_levels",
                "",
                Rooms.json("{\"users\":{%s}}".formatted(String.join(",", all))));
    }

    /// Compares all that is stored with the model.
    void assertAsIn() {
        stored().assertAsIn(model);
    }
}
