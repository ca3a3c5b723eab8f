package dev.lares.core.append;

import dev.lares.core.event.EventDraft;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.AppendResult;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Items that tests append.
final class Rooms {
    static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Rooms() {}

    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text);
    }

    /// A public room with its creator in it.
    static RoomId create(LogNode node, UserId creator, RoomVersion version) {
        return node.writer().append(creation(creator, version), DEADLINE).roomId().orElseThrow();
    }

    static AppendItem creation(UserId creator, RoomVersion version) {
        var create =
                version.rules().creatorInContent()
                        ? "{\"room_version\":\"%s\",\"creator\":\"%s\"}"
                                .formatted(version.id(), creator.value())
                        : "{\"room_version\":\"%s\"}".formatted(version.id());
        var levels =
                version.rules().privilegedCreators()
                        ? "{\"users\":{},\"users_default\":0}"
                        : "{\"users\":{\"%s\":100},\"users_default\":0}".formatted(creator.value());
        return new AppendItem(
                Optional.of(new TargetRoom.New(version, creator.serverName())),
                List.of(
                        EventDraft.state(creator, "m.room.create", "", json(create)),
                        member(creator, creator, "join"),
                        EventDraft.state(creator, "m.room.power_levels", "", json(levels)),
                        EventDraft.state(
                                creator,
                                "m.room.join_rules",
                                "",
                                json("{\"join_rule\":\"public\"}"))),
                List.of(),
                Optional.empty());
    }

    static EventDraft member(UserId sender, UserId target, String membership) {
        return EventDraft.state(
                sender,
                "m.room.member",
                target.value(),
                json("{\"membership\":\"%s\"}".formatted(membership)));
    }

    static EventDraft message(UserId sender, String body) {
        return EventDraft.message(
                sender,
                "m.room.message",
                json("{\"msgtype\":\"m.text\",\"body\":\"%s\"}".formatted(body)));
    }

    static AppendItem item(RoomId room, EventDraft... drafts) {
        return new AppendItem(
                Optional.of(new TargetRoom.Existing(room)),
                List.of(drafts),
                List.of(),
                Optional.empty());
    }

    static AppendItem item(RoomId room, TransactionKey key, EventDraft... drafts) {
        return new AppendItem(
                Optional.of(new TargetRoom.Existing(room)),
                List.of(drafts),
                List.of(),
                Optional.of(key));
    }

    static AppendResult append(LogNode node, RoomId room, EventDraft... drafts) {
        return node.writer().append(item(room, drafts), DEADLINE);
    }

    static EventId send(LogNode node, RoomId room, UserId sender, String body) {
        return append(node, room, message(sender, body)).eventIds().getFirst();
    }
}
