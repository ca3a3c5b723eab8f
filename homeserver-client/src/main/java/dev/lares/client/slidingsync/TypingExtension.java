package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomStretches.Stretch;
import dev.lares.client.sync.Ephemerals;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.core.log.LastChanges;
import dev.lares.core.membership.Membership;
import dev.lares.core.typing.TypingService;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Tells who is typing.
@Component
class TypingExtension {
    private final TypingService typing;
    private final LastChanges changes;

    TypingExtension(TypingService typing, LastChanges changes) {
        this.typing = typing;
        this.changes = changes;
    }

    /// Writes nothing where there is nothing to tell.
    void write(JsonBuffer json, RoomStretches rooms) {
        var context = rooms.context();
        var stretches =
                rooms.of(context.request().rules().extensions().typing()).stream()
                        .filter(one ->
                                one.room().room().membership().membership() == Membership.JOIN)
                        .filter(one -> changes.ephemeralChanged(one.roomNid(), one.from()))
                        .toList();
        if (stretches.isEmpty()) {
            return;
        }
        var byRoom =
                stretches.stream().collect(Collectors.toMap(Stretch::roomNid, Function.identity()));
        var members = new JsonBuffer();
        typing.changed(
                        stretches.stream().mapToLong(Stretch::roomNid).toArray(),
                        stretches.stream().mapToLong(one -> one.from().value()).toArray(),
                        context.to())
                .forEach((nid, users) -> {
                    var stretch = byRoom.get(nid);
                    // A client that does not know the room knows that nobody types there.
                    if (stretch != null && !(stretch.whole() && users.isEmpty())) {
                        members.name(stretch.room().roomId().value())
                                .raw(Ephemerals.typingEvent(users, context.ignored()).toBytes());
                    }
                });
        if (!members.isEmpty()) {
            json.name("typing").openObject().name("rooms").openObject();
            json.members(members).closeObject().closeObject();
        }
    }
}
