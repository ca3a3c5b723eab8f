package dev.lares.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PropertyPathTest {
    @ParameterizedTest
    @CsvSource({
        "content.body, content|body",
        "content.m\\.relates_to, content|m.relates_to",
        "content.m\\\\foo, content|m\\foo",
        "a\\x, a\\x",
        "a\\, a\\",
        "a..b, a||b",
        "., |"
    })
    void unescapesDotsAndBackslashesOnly(String text, String names) {
        assertThat(PropertyPath.parse(text).names()).isEqualTo(List.of(names.split("\\|", -1)));
    }

    @ParameterizedTest
    @CsvSource({"a.b, 1", "a, '{\"b\":1}'", "a.b.c,", "x,", "'',", "n, null"})
    void findsWhatIsThere(String path, String expected) {
        var object = (ObjectNode) JsonMapper.shared().readTree("{\"a\":{\"b\":1},\"n\":null}");
        var found = PropertyPath.parse(path).find(object).map(Object::toString);
        assertThat(found.orElse(null)).isEqualTo(expected);
    }
}
