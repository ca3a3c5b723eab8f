package dev.lares.client.relations;

import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Sends events that relate to others, and reads what came of it.
final class Talk {
    private Talk() {}

    static String relate(TestUser user, TestRoom room, String relType, String target) {
        return user.send(
                room,
                "m.room.message",
                """
                {"msgtype":"m.text","body":"x",
                 "m.relates_to":{"rel_type":"%s","event_id":"%s"}}
                """
                        .formatted(relType, target));
    }

    static String edit(TestUser user, TestRoom room, String target, String text) {
        return user.send(
                room,
                "m.room.message",
                """
                {"msgtype":"m.text","body":"* %s","m.new_content":{"msgtype":"m.text","body":"%s"},
                 "m.relates_to":{"rel_type":"m.replace","event_id":"%s"}}
                """
                        .formatted(text, text, target));
    }

    static void redact(TestUser user, TestRoom room, String target) {
        var response =
                user.put(
                        "/_matrix/client/v3/rooms/{r}/redact/{e}/{t}",
                        room.id(),
                        target,
                        "redact" + target,
                        "{}");
        if (response.status() != 200) {
            throw new AssertionError(response.text());
        }
    }

    static void ignore(TestUser user, TestUser ignored) {
        user.put(
                "/_matrix/client/v3/user/{u}/account_data/m.ignored_user_list",
                user.id(),
                "{\"ignored_users\":{\"%s\":{}}}".formatted(ignored.id()));
    }

    static TestResponse event(TestUser user, TestRoom room, String eventId) {
        return user.get("/_matrix/client/v3/rooms/{r}/event/{e}", room.id(), eventId);
    }

    /// `m.relations` of an event as `/event` has it; missing where there is none.
    static JsonNode bundle(TestUser user, TestRoom room, String eventId) {
        return event(user, room, eventId).json().path("unsigned").path("m.relations");
    }

    static List<String> ids(TestResponse page) {
        var ids = new ArrayList<String>();
        page.json("/chunk").forEach(event -> ids.add(event.path("event_id").stringValue()));
        return ids;
    }
}
