package dev.lares.client.sync;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads answers of syncs.
final class Synced {
    private Synced() {}

    static JsonNode json(TestResponse response) {
        assertThat(response).isOk();
        return new JsonMapper().readTree(response.body());
    }

    static String next(JsonNode sync) {
        return sync.path("next_batch").stringValue();
    }

    static JsonNode joined(JsonNode sync, TestRoom room) {
        return sync.path("rooms").path("join").path(room.id());
    }

    static List<String> bodies(JsonNode room) {
        var bodies = new ArrayList<String>();
        for (var event : room.path("timeline").path("events")) {
            if (event.path("type").stringValue().equals("m.room.message")) {
                bodies.add(event.path("content").path("body").asString(""));
            }
        }
        return bodies;
    }

    static List<String> types(JsonNode section) {
        var types = new ArrayList<String>();
        section.path("events").forEach(event -> types.add(event.path("type").stringValue()));
        return types;
    }

    static String token(TestUser user) {
        return next(json(user.sync()));
    }
}
