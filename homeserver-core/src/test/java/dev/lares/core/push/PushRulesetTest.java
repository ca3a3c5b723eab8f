package dev.lares.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.id.UserId;
import dev.lares.core.vectors.Vectors;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PushRulesetTest {
    /// Lines of the vectors (from 0) whose result the specification decides otherwise, and what it
    /// decides. By note:
    ///
    /// - `deviation:word-boundary`: for Synapse a boundary also lies between a word and another
    ///   character, and letters beyond ASCII belong to words; for the specification a boundary is
    ///   the start or end, or a *character* that is none of A-Z, a-z, 0-9 and `_`. Synapse reads
    ///   display names as globs.
    /// - `deviation:legacy-mention-rules`: the rules below.
    ///
    /// Other lines with these notes come out the same by another rule.
    private static final Map<Integer, String> DEVIATIONS =
            Map.ofEntries(
                    // `??`: no two characters of "  alice  " stand between boundaries
                    Map.entry(97, "[]"),
                    // a legacy rule matched there
                    Map.entry(114, "[\"notify\",{\"set_tweak\":\"org.example\",\"value\":5}]"),
                    // `?`: ß is a boundary, so the e of "straße" is a word
                    Map.entry(160, "[\"notify\",{\"set_tweak\":\"sound\",\"value\":\"default\"}]"),
                    // `?`: neither side of the \\ in "foo\\bar" is a word of one character
                    Map.entry(249, "[\"notify\",{\"set_tweak\":\"highlight\"}]"),
                    // the empty pattern: nowhere in "ex*ple" are two boundaries side by side
                    Map.entry(280, "[\"notify\",{\"set_tweak\":\"sound\",\"value\":\"default\"}]"),
                    // a legacy rule matched there
                    Map.entry(360, "[]"),
                    // a legacy rule matched there
                    Map.entry(
                            434,
                            "[\"notify\",{\"set_tweak\":\"sound\",\"value\":\"default\"},{\"set_tweak\":\"highlight\",\"value\":false}]"),
                    // `??`: no two characters of "a*b" stand between boundaries
                    Map.entry(455, "[\"notify\",{\"set_tweak\":\"highlight\",\"value\":false}]"),
                    // the empty pattern: "room" has no two boundaries side by side
                    Map.entry(
                            497,
                            "[\"notify\",{\"set_tweak\":\"sound\",\"value\":\"ring\"},{\"set_tweak\":\"highlight\",\"value\":false}]"),
                    // a legacy rule matched there
                    Map.entry(
                            512,
                            "[\"notify\",{\"set_tweak\":\"sound\",\"value\":\"default\"},{\"set_tweak\":\"highlight\",\"value\":false}]"),
                    // a legacy rule matched there
                    Map.entry(625, "[]"),
                    // the empty pattern, as above
                    Map.entry(688, "[]"),
                    // `??`: no two characters of "a.b" stand between boundaries
                    Map.entry(726, "[]"),
                    // a legacy rule matched there
                    Map.entry(733, "[\"notify\",{\"set_tweak\":\"highlight\",\"value\":false}]"),
                    // a legacy rule matched there
                    Map.entry(832, "[]"),
                    // a legacy rule matched there
                    Map.entry(897, "[]"),
                    // a legacy rule matched there
                    Map.entry(927, "[\"notify\",{\"set_tweak\":\"highlight\",\"value\":false}]"));

    /// v1.17 of the specification removed them; a server of v1.19 has no such rules.
    private static final Set<String> LEGACY_RULES =
            Set.of(
                    ".m.rule.contains_display_name",
                    ".m.rule.contains_user_name",
                    ".m.rule.roomnotif");

    static Stream<Arguments> vectors() {
        var lines = Vectors.lines("push-rules");
        return IntStream.range(0, lines.size()).mapToObj(i -> Arguments.of(i, lines.get(i)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decidesLikeSynapse(int line, JsonNode vector) {
        var room = vector.get("room");
        var context =
                new PushContext(
                        Optional.of(vector.get("display_name"))
                                .filter(JsonNode::isString)
                                .map(JsonNode::stringValue),
                        room.get("member_count").longValue(),
                        room.get("sender_power_level").longValue(),
                        key -> room.get("notifications").path(key).asLong(50));
        var actions =
                PushRuleset.parse(withoutLegacyRules(vector.get("rules")))
                        .evaluate((ObjectNode) vector.get("event"), context);

        if (DEVIATIONS.containsKey(line)) {
            assertThat(vector.path("note").asString("")).startsWith("deviation:");
            assertThat(actions.json())
                    .isEqualTo(JsonMapper.shared().readTree(DEVIATIONS.get(line)))
                    .isNotEqualTo(vector.get("actions"));
            return;
        }
        assertThat(actions.json()).isEqualTo(vector.get("actions"));
        boolean notify = vector.get("notify").booleanValue();
        assertThat(actions.verdict().notifies()).isEqualTo(notify ? 1 : 0);
        // What does not notify cannot be a notification with the highlight flag.
        assertThat(actions.verdict().highlights())
                .isEqualTo(notify && vector.get("highlight").booleanValue() ? 1 : 0);
        assertThat(actions.sound().orElse(null))
                .isEqualTo(vector.get("sound").isNull() ? null : vector.get("sound").stringValue());
    }

    private static ObjectNode withoutLegacyRules(JsonNode rules) {
        var kept = (ObjectNode) rules.deepCopy();
        for (var ofKind : kept.values()) {
            ((ArrayNode) ofKind)
                    .removeIf(rule -> LEGACY_RULES.contains(rule.get("rule_id").stringValue()));
        }
        return kept;
    }

    @Test
    void hasTheDefaultRulesOfTheSpecification() {
        var expected =
                Vectors.spec("push-rules")
                        .get("rules")
                        .toString()
                        .replace("{user_id}", "@alice:a.example");
        assertThat(PushRuleset.defaults(new UserId("@alice:a.example")).json())
                .isEqualTo(JsonMapper.shared().readTree(expected));
    }

    @Test
    void findsARule() {
        var rules = PushRuleset.defaults(new UserId("@alice:a.example"));
        assertThat(rules.find(PushRuleKind.UNDERRIDE, ".m.rule.call")).isPresent();
        assertThat(rules.find(PushRuleKind.OVERRIDE, ".m.rule.call")).isEmpty();
    }

    /// The examples of the specification, and patterns that would cost a careless matcher dear.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "lunc?*, Lunch plans, true",
                "lunc?*, LUNCH, true",
                "lunc?*, \" lunch\", false",
                "lunc?*, lunc, false",
                "*, \"\", true",
                "\"\", \"\", true",
                "\"\", a, false",
                "?, 😀, true",
                "a*b*c, aXbXbXc, true",
                "a**c, ac, true",
                "[a], [a], true",
                "[a], a, false",
                "\\*, \\x, true"
            })
    void matchesWholeValuesByGlob(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "ex*ple, An example event., true",
                "ex*ple, exple, true",
                "ex*ple, An exciting triple-whammy, true",
                "ex*ple, An examples event., false",
                "ex*ple, hexple, false",
                "tea, \"It's time for TEA\", true",
                "tea, steam, false",
                "tea, tea_time, false",
                "tea, (tea), true",
                "?, straße, true",
                "\"\", \"\", true",
                "\"\", a b, false",
                "\"\", a  b, true"
            })
    void matchesBodiesByWords(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).matchesWords(text)).isEqualTo(matches);
    }

    @Test
    void doesNotSpendTimeOnHostilePatterns() {
        var glob = Glob.of("*a".repeat(255) + "b");
        String text = "a".repeat(60_000);
        assertThat(glob.matches(text)).isFalse();
        assertThat(glob.matchesWords(text)).isFalse();
        assertThat(Glob.of("a".repeat(513)).matches("a".repeat(513))).isFalse();
    }
}
