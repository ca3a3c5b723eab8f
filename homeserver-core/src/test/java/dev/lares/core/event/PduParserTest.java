package dev.lares.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PduParserTest {
    private static final String V4 =
            """
            {"type": "m.room.message", "sender": "@a:a.example", "room_id": "!r:a.example",
             "content": {}, "depth": 3, "origin_server_ts": 12, "prev_events": ["$p"],
             "auth_events": ["$a", "$b"], "hashes": {"sha256": "x"},
             "signatures": {"a.example": {"ed25519:1": "x"}}, "unsigned": {"age": 5}}
            """;
    private static final String V1 =
            """
            {"type": "m.room.message", "sender": "@a:a.example", "room_id": "!r:a.example",
             "content": {}, "depth": 3, "origin_server_ts": 12,
             "prev_events": [["$p:a.example", {"sha256": "x"}]],
             "auth_events": [["$a:a.example", {}]], "hashes": {"sha256": "x"}, "signatures": {},
             "event_id": "$e:a.example", "state_key": ""}
            """;

    @Test
    void readsAnEvent() {
        var pdu = PduParser.parse(V4.getBytes(UTF_8), RoomVersion.V11);
        assertThat(pdu.type()).isEqualTo("m.room.message");
        assertThat(pdu.isState()).isFalse();
        assertThat(pdu.depth()).isEqualTo(3);
        assertThat(pdu.originServerTs()).isEqualTo(12);
        assertThat(pdu.prevEvents()).containsExactly(new EventId("$p"));
        assertThat(pdu.authEvents()).containsExactly(new EventId("$a"), new EventId("$b"));
        assertThat(pdu.json().tree().has("unsigned")).isFalse();
        assertThat(pdu.eventId().value()).hasSize(44);
    }

    @Test
    void readsTheNameOfAnEventInTheFirstVersions() {
        var pdu = PduParser.parse(V1.getBytes(UTF_8), RoomVersion.V1);
        assertThat(pdu.eventId()).isEqualTo(new EventId("$e:a.example"));
        assertThat(pdu.prevEvents()).containsExactly(new EventId("$p:a.example"));
        assertThat(pdu.stateKey()).contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type",
                "sender",
                "room_id",
                "content",
                "depth",
                "origin_server_ts",
                "prev_events",
                "auth_events",
                "hashes",
                "signatures"
            })
    void wantsEveryFieldInItsType(String field) {
        for (var version : RoomVersion.values()) {
            var missing = event(version);
            missing.remove(field);
            assertRefused(missing, version);
            for (String wrong :
                    new String[] {"null", "[[]]", "true", "\"x\"", "1.5", "{\"a\":1}"}) {
                if ((field.equals("content") || field.equals("hashes")) && wrong.startsWith("{")
                        || field.equals("type") && wrong.startsWith("\"")) {
                    continue;
                }
                var event = event(version);
                event.set(field, JsonMapper.shared().readTree(wrong));
                assertRefused(event, version);
            }
        }
    }

    @Test
    void wantsANameInTheFirstVersions() {
        for (String wrong : new String[] {"1", "\"e:a.example\"", "\"$" + "x".repeat(255) + "\""}) {
            var event = event(RoomVersion.V2);
            event.set("event_id", JsonMapper.shared().readTree(wrong));
            assertRefused(event, RoomVersion.V2);
        }
    }

    @Test
    void wantsATextAsStateKey() {
        var event = event(RoomVersion.V10);
        event.putNull("state_key");
        assertRefused(event, RoomVersion.V10);
    }

    @ParameterizedTest
    @CsvSource({"prev_events, 20", "auth_events, 10"})
    void boundsTheEdges(String field, int max) {
        var event = event(RoomVersion.V10);
        var edges = event.putArray(field);
        for (int i = 0; i < max; i++) {
            edges.add("$" + i);
        }
        assertThat(PduParser.parse(event.deepCopy(), RoomVersion.V10)).isNotNull();
        edges.add("$more");
        assertRefused(event, RoomVersion.V10);
    }

    @ParameterizedTest
    @EnumSource
    void refusesEdgesInTheFormOfOtherVersions(RoomVersion version) {
        boolean pairs = version == RoomVersion.V1 || version == RoomVersion.V2;
        var event = event(version);
        event.set(
                "prev_events", JsonMapper.shared().readTree(pairs ? "[\"$p\"]" : "[[\"$p\",{}]]"));
        assertRefused(event, version);
    }

    @Test
    void countsNumbersOfOldVersionsAsFarAsItCan() {
        var event = event(RoomVersion.V1);
        event.set("depth", JsonMapper.shared().readTree("99999999999999999999"));
        assertThat(PduParser.parse(event, RoomVersion.V1).depth()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "{}", "null"})
    void takesARedactionWithoutATarget(String target) {
        for (var version : RoomVersion.values()) {
            var event = event(version).put("type", "m.room.redaction");
            event.set("redacts", JsonMapper.shared().readTree(target));
            ((ObjectNode) event.get("content")).set("redacts", event.get("redacts"));
            assertThat(PduParser.parse(event, version).redacts()).isEmpty();
        }
    }

    private static ObjectNode event(RoomVersion version) {
        boolean pairs = version == RoomVersion.V1 || version == RoomVersion.V2;
        return (ObjectNode) JsonMapper.shared().readTree(pairs ? V1 : V4);
    }

    private static void assertRefused(ObjectNode event, RoomVersion version) {
        assertThatThrownBy(() -> PduParser.parse(event, version))
                .isInstanceOf(MatrixException.class);
    }
}
