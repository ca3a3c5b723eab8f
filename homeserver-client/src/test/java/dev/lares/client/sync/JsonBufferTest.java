package dev.lares.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonBufferTest {
    private static String text(JsonBuffer json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void setsCommasItself() {
        var json = new JsonBuffer().openObject();
        json.name("a").number(1);
        json.name("b").openArray().string("x").raw("{\"c\":[]}").openObject().closeObject();
        json.closeArray();
        json.name("d").literal(true);
        json.name("e").openObject().closeObject();
        json.closeObject();
        assertThat(text(json))
                .isEqualTo("{\"a\":1,\"b\":[\"x\",{\"c\":[]},{}],\"d\":true,\"e\":{}}");
    }

    @Test
    void joinsMembersOfOthers() {
        var first = new JsonBuffer();
        first.name("a").number(1);
        first.name("b").number(2);
        var json = new JsonBuffer().openObject().members(new JsonBuffer()).members(first);
        json.members(first).closeObject();
        assertThat(text(json)).isEqualTo("{\"a\":1,\"b\":2,\"a\":1,\"b\":2}");
    }

    @Test
    void escapesStringsThatEndLikeStructure() {
        var json = new JsonBuffer().openArray();
        json.string("[").string("{").string(":").string("\"\n\u0001é😀").closeArray();
        assertThat(text(json)).isEqualTo("[\"[\",\"{\",\":\",\"\\\"\\n\\u0001é😀\"]");
    }
}
