package dev.lares.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class CanonicalJsonPropertyTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Property
    void canonicalJsonIsAFixedPoint(@ForAll("values") JsonNode value) {
        for (var rules : JsonRules.values()) {
            byte[] once = CanonicalJsonWriter.write(value, rules);
            byte[] twice =
                    CanonicalJsonWriter.write(JsonText.parse(once, rules, JsonLimits.EVENT), rules);
            assertThat(twice).isEqualTo(once);
        }
    }

    @Property
    void anotherParserReadsTheSameValue(@ForAll("values") JsonNode value) {
        byte[] canonical = CanonicalJsonWriter.write(value, JsonRules.STRICT);
        assertThat(JsonMapper.shared().readTree(canonical)).isEqualTo(value);
    }

    @Property
    void whatAnotherWriterWroteIsReadAsWell(@ForAll("values") JsonNode value) {
        byte[] text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        assertThat(JsonText.parse(text, JsonRules.STRICT, JsonLimits.EVENT)).isEqualTo(value);
    }

    @Property
    void namesAreInTheOrderOfTheirUtf8(@ForAll("texts") String a, @ForAll("texts") String b) {
        assertThat(Integer.signum(CanonicalJsonWriter.compareCodePoints(a, b)))
                .isEqualTo(
                        Integer.signum(
                                Arrays.compareUnsigned(
                                        a.getBytes(StandardCharsets.UTF_8),
                                        b.getBytes(StandardCharsets.UTF_8))));
    }

    @Property
    void floatsReadBackAsTheyWere(@ForAll double value) {
        assertThat(Double.parseDouble(CanonicalNumbers.pythonRepr(value))).isEqualTo(value);
    }

    @Provide
    static Arbitrary<String> texts() {
        var codePoints =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.integers().between(0, 0x7f)),
                        Tuple.of(3, Arbitraries.integers().between(0x80, 0xd7ff)),
                        Tuple.of(2, Arbitraries.integers().between(0xe000, 0xffff)),
                        Tuple.of(2, Arbitraries.integers().between(0x10000, 0x10ffff)));
        return codePoints
                .array(int[].class)
                .ofMaxSize(12)
                .map(points -> new String(points, 0, points.length));
    }

    @Provide
    static Arbitrary<JsonNode> values() {
        return Arbitraries.recursive(
                CanonicalJsonPropertyTest::scalars, CanonicalJsonPropertyTest::containing, 0, 4);
    }

    private static Arbitrary<JsonNode> scalars() {
        long max = (1L << 53) - 1;
        return Arbitraries.oneOf(
                texts().map(NODES::stringNode),
                Arbitraries.longs().between(-max, max).map(CanonicalJsonPropertyTest::integer),
                Arbitraries.of(true, false).map(NODES::booleanNode),
                Arbitraries.just(NODES.nullNode()));
    }

    private static JsonNode integer(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    private static Arbitrary<JsonNode> containing(Arbitrary<JsonNode> element) {
        Arbitrary<JsonNode> arrays =
                element.list().ofMaxSize(4).map(e -> NODES.arrayNode().addAll(e));
        Arbitrary<JsonNode> objects =
                Arbitraries.maps(texts(), element)
                        .ofMaxSize(5)
                        .map(members -> NODES.objectNode().setAll(members));
        return Arbitraries.oneOf(arrays, objects);
    }
}
