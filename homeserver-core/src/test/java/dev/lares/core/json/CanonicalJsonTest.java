package dev.lares.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.vectors.Vectors;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {
    static Stream<JsonNode> vectors() {
        return Vectors.lines("canonical-json").stream();
    }

    static Stream<JsonNode> specificationExamples() {
        return Vectors.spec("canonical-json").get("cases").valueStream();
    }

    /// Deviation `duplicate key, the last wins`: a canonical object has each name once, and what
    /// two readers of one text would read differently must not be signed. Strict rules refuse it.
    @ParameterizedTest
    @MethodSource("vectors")
    void isStrictlyWhatSynapseWrites(JsonNode vector) {
        boolean duplicate = vector.path("note").asString("").startsWith("duplicate key");
        assertThat(canonical(vector.get("input").stringValue(), JsonRules.STRICT))
                .isEqualTo(duplicate ? Optional.empty() : expected(vector.get("strict")));
    }

    /// Deviation `python-floats`: the specification has no form for such numbers. Rooms of versions
    /// 1 to 5 hold them in the form of the servers of their time, so that form is ours too.
    @ParameterizedTest
    @MethodSource("vectors")
    void isLaxlyWhatSynapseWrites(JsonNode vector) {
        assertThat(canonical(vector.get("input").stringValue(), JsonRules.LAX))
                .isEqualTo(expected(vector.get("lax")));
    }

    /// The last example turns `1e10` into an integer, although its own text forbids exponents and
    /// every server refuses them in an event. So the reader refuses the text where rules are
    /// strict, and the writer writes a tree with such a value as the example wants.
    @ParameterizedTest
    @MethodSource("specificationExamples")
    void fitsTheExamplesOfTheSpecification(JsonNode example) {
        var tree = JsonMapper.shared().readTree(example.get("input").stringValue());
        assertThat(new String(CanonicalJsonWriter.write(tree, JsonRules.STRICT), UTF_8))
                .isEqualTo(example.get("canonical").stringValue());
    }

    @Test
    void keepsItsBytesWhenStored() {
        var json = CanonicalJson.parse("{\"b\":1.5,\"a\":[]}".getBytes(UTF_8), JsonRules.LAX);
        var stored = CanonicalJson.stored(json.bytes());
        assertThat(stored).isEqualTo(json);
        assertThat(stored.tree()).isEqualTo(json.tree());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"a\"", "null"})
    void isAnObject(String text) {
        assertRefused(text.getBytes(UTF_8), JsonRules.STRICT, ErrorCode.M_BAD_JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "c080, an overlong NUL",
        "eda080, a surrogate",
        "eda0bdedb880, a pair of surrogates",
        "f4908080, beyond U+10FFFF",
        "80, a lone continuation byte",
        "e282, cut off",
        "ff, no UTF-8 byte"
    })
    void holdsNoInvalidUtf8(String hex, String what) {
        byte[] bad = HexFormat.of().parseHex(hex);
        for (String escape : new String[] {"", "\\n"}) {
            var out = new JsonOutput(64).ascii("{\"a\":\"").ascii(escape).raw(bad).ascii("\"}");
            for (var rules : JsonRules.values()) {
                assertRefused(out.toBytes(), rules, ErrorCode.M_NOT_JSON);
            }
        }
    }

    @Test
    void holdsAReplacementCharacterThatIsOne() {
        assertThat(canonical("{\"a\":\"\uFFFD\\ufffd\"}", JsonRules.STRICT))
                .contains("{\"a\":\"\uFFFD\uFFFD\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-16"})
    void isReadFromUtf8Only(String charset) {
        byte[] text = "{\"a\":1}".getBytes(Charset.forName(charset));
        assertRefused(text, JsonRules.STRICT, ErrorCode.M_NOT_JSON);
    }

    @Test
    void isBoundInDepth() {
        assertThat(canonical(nested(500), JsonRules.STRICT)).contains(nested(500));
        assertRefused(nested(501).getBytes(UTF_8), JsonRules.LAX, ErrorCode.M_BAD_JSON);
        assertRefused(nested(100_000).getBytes(UTF_8), JsonRules.STRICT, ErrorCode.M_BAD_JSON);
        assertThatThrownBy(
                        () -> JsonText.parseObject(nested(101).getBytes(UTF_8), JsonRules.STRICT))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.M_BAD_JSON));
        assertThat(JsonText.parseObject(nested(100).getBytes(UTF_8), JsonRules.STRICT)).hasSize(1);
    }

    @Test
    void isBoundInSize() {
        byte[] text = ("{\"a\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(UTF_8);
        assertRefused(text, JsonRules.STRICT, ErrorCode.M_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400"})
    void holdsNoInfiniteNumber(String number) {
        assertRefused(
                ("{\"a\":" + number + "}").getBytes(UTF_8), JsonRules.LAX, ErrorCode.M_BAD_JSON);
    }

    @Test
    void holdsNoNumberThatIsALongText() {
        assertThat(canonical("{\"a\":" + "9".repeat(4300) + "}", JsonRules.LAX)).isPresent();
        assertThat(canonical("{\"a\":" + "9".repeat(4301) + "}", JsonRules.LAX)).isEmpty();
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static Optional<String> canonical(String text, JsonRules rules) {
        try {
            var tree = JsonText.parse(text.getBytes(UTF_8), rules, JsonLimits.EVENT);
            return Optional.of(new String(CanonicalJsonWriter.write(tree, rules), UTF_8));
        } catch (MatrixException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> expected(JsonNode base64) {
        return base64.isNull()
                ? Optional.empty()
                : Optional.of(new String(Base64.getDecoder().decode(base64.stringValue()), UTF_8));
    }

    private static void assertRefused(byte[] text, JsonRules rules, ErrorCode code) {
        assertThatThrownBy(() -> CanonicalJson.parse(text, rules))
                .isInstanceOfSatisfying(
                        MatrixException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
