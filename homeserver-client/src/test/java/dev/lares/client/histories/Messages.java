package dev.lares.client.histories;

import dev.lares.client.histories.World.Person;
import dev.lares.client.histories.World.Sent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What users say at random: in threads and outside, mentions, edits, notices, reactions.
final class Messages {
    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private final World world;
    private int serial;

    Messages(World world) {
        this.world = world;
    }

    void say(Person who, String room, RandomGenerator random) {
        var sent = world.sent(room);
        var type = "m.room.message";
        var content = new HashMap<String, Object>();
        content.put("msgtype", random.nextInt(8) == 0 ? "m.notice" : "m.text");
        content.put("body", "word " + serial);
        int dice = random.nextInt(20);
        var thread = "";
        if (dice < 2) {
            content.put("m.mentions", Map.of("user_ids", List.of(world.someone(random).id())));
        } else if (dice < 3) {
            content.put("m.mentions", Map.of("room", true));
        }
        if (!sent.isEmpty()) {
            var other = sent.get(random.nextInt(sent.size()));
            if (dice >= 3 && dice < 8) {
                thread = other.thread().isEmpty() ? other.eventId() : other.thread();
                content.put("m.relates_to", Map.of("rel_type", "m.thread", "event_id", thread));
            } else if (dice < 11 && dice >= 8) {
                content.put(
                        "m.relates_to",
                        Map.of("rel_type", "m.replace", "event_id", other.eventId()));
                content.put("m.new_content", Map.of("msgtype", "m.text", "body", "edited"));
            } else if (dice == 11) {
                type = "m.reaction";
                content.clear();
                content.put(
                        "m.relates_to",
                        Map.of(
                                "rel_type",
                                "m.annotation",
                                "event_id",
                                other.eventId(),
                                "key",
                                "k" + serial));
            }
        }
        var response =
                world.noted(
                        who.name() + " says in " + room + " " + content,
                        who.at(random)
                                .put(
                                        ROOM + "/send/{type}/{txnId}",
                                        room,
                                        type,
                                        "say" + serial++,
                                        content));
        if (response.status() == 200 && type.equals("m.room.message")) {
            boolean edit = dice >= 8 && dice < 11 && !sent.isEmpty();
            if (!edit) {
                world.sent(room, new Sent(response.string("/event_id"), who.id(), thread));
            }
        }
    }

    void redact(Person who, String room, RandomGenerator random) {
        var sent = world.sent(room);
        if (sent.isEmpty()) {
            return;
        }
        var target = sent.get(random.nextInt(sent.size()));
        world.noted(
                who.name() + " redacts " + target + " in " + room,
                who.at(random)
                        .put(
                                ROOM + "/redact/{eventId}/{txnId}",
                                room,
                                target.eventId(),
                                "redact" + serial++,
                                "{}"));
    }
}
