package dev.lares.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventFieldsTest {
    private static final ObjectNode EVENT =
            (ObjectNode)
                    new JsonMapper()
                            .readTree(
                                    """
                                    {"event_id": "$1", "type": "m.room.message", "sender": "@a:x",
                                     "content": {"body": "hi", "msgtype": "m.text", "a.b": {"c\\\\d": 1}}}
                                    """);

    private static String keep(String... paths) {
        return EventFields.keep(EVENT.deepCopy(), List.of(paths)).toString();
    }

    @Test
    void keepsWhatThePathsName() {
        assertThat(keep("content.body", "content.msgtype", "type"))
                .isEqualTo(
                        "{\"event_id\":\"$1\",\"content\":{\"body\":\"hi\",\"msgtype\":\"m.text\"},"
                                + "\"type\":\"m.room.message\"}");
    }

    @Test
    void passesOverWhatIsNotThere() {
        assertThat(keep("content.nothing.at.all", "type.x", "nothing"))
                .isEqualTo("{\"event_id\":\"$1\"}");
    }

    @Test
    void understandsEscapes() {
        assertThat(EventFields.segments("content.a\\.b.c\\\\d"))
                .containsExactly("content", "a.b", "c\\d");
        assertThat(keep("content.a\\.b.c\\\\d"))
                .isEqualTo("{\"event_id\":\"$1\",\"content\":{\"a.b\":{\"c\\\\d\":1}}}");
    }
}
