package dev.lares.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.id.EventId;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientEventsTest {
    private static final String FRAME =
            """
            "sender": "@a:a.example", "room_id": "!r:a.example", "depth": 3,
            "origin_server_ts": 12, "prev_events": [], "auth_events": [],
            "hashes": {"sha256": "x", "content": {"type": "no"}}, "signatures": {},
            """;

    private static final Pdu TOPIC =
            parse(
                    "{"
                            + FRAME
                            + """
                            "type": "m.room.topic", "state_key": "k\\"}é",
                            "content": {"topic": "a\\\\\\"}, {", "n": [1, {"x": null}], "type": "t"},
                            "zzz": {"content": 1}, "a": "b"}
                            """,
                    RoomVersion.V11);

    @Test
    void showsWhatClientsSee() {
        assertRendered(
                ClientEvents.render(TOPIC, EventShape.WITH_ROOM_ID, EventUnsigned.ofAge(-3)),
                """
                {"type": "m.room.topic", "state_key": "k\\"}é", "sender": "@a:a.example",
                 "content": {"topic": "a\\\\\\"}, {", "n": [1, {"x": null}], "type": "t"},
                 "room_id": "!r:a.example", "origin_server_ts": 12, "event_id": "%s",
                 "unsigned": {"age": -3}}
                """
                        .formatted(TOPIC.eventId()));
    }

    @Test
    void leavesOutTheRoomId() {
        var event =
                read(ClientEvents.render(TOPIC, EventShape.WITHOUT_ROOM_ID, EventUnsigned.NONE));
        assertThat(event.has("room_id")).isFalse();
        assertThat(event.get("unsigned")).isEmpty();
    }

    @Test
    void showsTheFederationFormatWhole() {
        var event = read(ClientEvents.render(TOPIC, EventShape.FEDERATION, EventUnsigned.ofAge(1)));
        var expected = TOPIC.json().tree().deepCopy();
        expected.putObject("unsigned").put("age", 1);
        assertThat(event).isEqualTo(expected);
    }

    @Test
    void addsWhatTheServerKnows() {
        var unsigned =
                EventUnsigned.ofAge(5)
                        .withRelations("{\"m.thread\":{}}".getBytes(UTF_8))
                        .withMembership("join")
                        .withPrevContent("{\"topic\":\"old\"}".getBytes(UTF_8))
                        .withReplacesState(new EventId("$old"))
                        .withTransactionId("t\"1");
        var expected =
                """
                {"age": 5, "m.relations": {"m.thread": {}}, "membership": "join",
                 "prev_content": {"topic": "old"}, "replaces_state": "$old",
                 "transaction_id": "t\\"1"}
                """;
        byte[] rendered = ClientEvents.render(TOPIC, EventShape.WITHOUT_ROOM_ID, unsigned);
        assertThat(read(rendered).get("unsigned"))
                .isEqualTo(JsonMapper.shared().readTree(expected));
    }

    @Test
    void takesATransactionIdAfterwards() {
        for (var unsigned : List.of(EventUnsigned.NONE, EventUnsigned.ofAge(1))) {
            byte[] shared = ClientEvents.render(TOPIC, EventShape.WITHOUT_ROOM_ID, unsigned);
            assertThat(ClientEvents.withTransactionId(shared, "t"))
                    .isEqualTo(
                            ClientEvents.render(
                                    TOPIC,
                                    EventShape.WITHOUT_ROOM_ID,
                                    unsigned.withTransactionId("t")));
        }
    }

    @Test
    void showsOnlyWhatARedactionLeaves() {
        byte[] because = "{\"type\":\"m.room.redaction\"}".getBytes(UTF_8);
        for (var shape : EventShape.values()) {
            var event =
                    read(
                            ClientEvents.render(
                                    TOPIC, shape, EventUnsigned.NONE.withRedactedBecause(because)));
            assertThat(event.get("content")).isEmpty();
            assertThat(event.has("zzz")).isFalse();
            assertThat(event.at("/unsigned/redacted_because/type").stringValue())
                    .isEqualTo("m.room.redaction");
        }
    }

    /// v11 moved the target into the content; each kind of client finds it where it looks.
    @ParameterizedTest
    @EnumSource(names = {"V10", "V11", "V12"})
    void showsTheTargetOfARedactionInBothPlaces(RoomVersion version) {
        for (String content : List.of("{}", "{\"reason\":\"spam\"}")) {
            boolean inContent = version != RoomVersion.V10;
            String target = "\"redacts\":\"$t\"";
            String json =
                    "{"
                            + FRAME
                            + (inContent ? "" : target + ",")
                            + "\"type\":\"m.room.redaction\",\"content\":"
                            + (inContent
                                    ? content.replace("{", "{" + target + ",").replace(",}", "}")
                                    : content)
                            + "}";
            var event =
                    read(
                            ClientEvents.render(
                                    parse(json, version),
                                    EventShape.WITH_ROOM_ID,
                                    EventUnsigned.NONE));
            assertThat(event.get("redacts").stringValue()).isEqualTo("$t");
            assertThat(event.at("/content/redacts").stringValue()).isEqualTo("$t");
            assertThat(event.at("/content").size())
                    .isEqualTo(JsonMapper.shared().readTree(content).size() + 1);
        }
    }

    @Test
    void stripsStateEvents() {
        assertRendered(
                ClientEvents.stripped(TOPIC),
                """
                {"type": "m.room.topic", "state_key": "k\\"}é", "sender": "@a:a.example",
                 "content": {"topic": "a\\\\\\"}, {", "n": [1, {"x": null}], "type": "t"}}
                """);
        assertThat(read(ClientEvents.content(TOPIC))).isEqualTo(TOPIC.content());
    }

    @Test
    void keepsOnlyTheFieldsThatAFilterNames() {
        byte[] rendered =
                ClientEvents.render(TOPIC, EventShape.WITHOUT_ROOM_ID, EventUnsigned.ofAge(1));
        assertRendered(
                EventFields.of(List.of("content.topic", "content.missing", "unsigned"))
                        .apply(rendered),
                """
                {"type": "m.room.topic", "state_key": "k\\"}é", "sender": "@a:a.example",
                 "content": {"topic": "a\\\\\\"}, {"}, "origin_server_ts": 12, "event_id": "%s",
                 "unsigned": {"age": 1}}
                """
                        .formatted(TOPIC.eventId()));
        assertThat(read(EventFields.of(List.of()).apply(rendered)).get("content")).isEmpty();
        assertThat(read(EventFields.of(List.of("content", "content.n")).apply(rendered)))
                .isEqualTo(read(EventFields.of(List.of("content.n", "content")).apply(rendered)));
    }

    private static void assertRendered(byte[] actual, String expected) {
        assertThat(read(actual)).isEqualTo(JsonMapper.shared().readTree(expected));
    }

    private static JsonNode read(byte[] json) {
        return JsonMapper.shared().readTree(json);
    }

    private static Pdu parse(String json, RoomVersion version) {
        return PduParser.parse(json.getBytes(UTF_8), version);
    }
}
