package dev.lares.client.slidingsync;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A client's connection, which goes on with the newest `pos`.
final class Sliding {
    static final String UNSTABLE = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";
    static final String STABLE = "/_matrix/client/v4/sync";

    /// One list of all rooms, with what Element X wants of each.
    static final String ALL_ROOMS =
            """
            {"lists": {"all": {"ranges": [[0, 19]], "timeline_limit": 10, "required_state": [
              ["m.room.name", ""], ["m.room.create", ""], ["m.room.member", "$LAZY"], ["m.room.member", "$ME"]]}}}
            """;

    private final TestUser user;
    private String pos = "";

    Sliding(TestUser user) {
        this.user = user;
    }

    String pos() {
        return pos;
    }

    /// The same connection, gone on from here, perhaps with another replica.
    Sliding copy(TestUser at) {
        var copy = new Sliding(at);
        copy.pos = pos;
        return copy;
    }

    JsonNode ask(String body) {
        return ask(body, 0);
    }

    JsonNode ask(String body, long timeoutMillis) {
        var response = response(body, timeoutMillis);
        assertThat(response).isOk();
        pos = response.string("/pos");
        return response.json();
    }

    TestResponse response(String body, long timeoutMillis) {
        return user.post(UNSTABLE + "?timeout={timeout}&pos={pos}", timeoutMillis, pos, body);
    }

    static JsonNode room(JsonNode answer, TestRoom room) {
        return answer.path("rooms").path(room.id());
    }

    static List<String> bodies(JsonNode room) {
        return room.path("timeline")
                .valueStream()
                .filter(event -> event.path("type").asString("").equals("m.room.message"))
                .map(event -> event.path("content").path("body").asString(""))
                .toList();
    }

    /// `type|state_key` of each state event.
    static List<String> state(JsonNode room) {
        return room.path("required_state")
                .valueStream()
                .map(event ->
                        event.path("type").asString("")
                                + "|"
                                + event.path("state_key").asString(""))
                .toList();
    }

    static List<String> rooms(JsonNode answer) {
        return List.copyOf(answer.path("rooms").propertyNames());
    }
}
