package dev.lares.core.push;

import dev.lares.core.id.UserId;
import dev.lares.core.json.JsonLimits;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A user's rules, each kind in order of priority. Immutable.
public final class PushRuleset {
    /// The [predefined rules](https://spec.matrix.org/v1.19/client-server-api/#predefined-rules);
    /// `{user_id}` stands for the user's ID.
    private static final ObjectNode DEFAULTS = readDefaults();

    private static final String USER_ID = "{user_id}";

    private final Map<PushRuleKind, List<PushRule>> rules;

    private PushRuleset(Map<PushRuleKind, List<PushRule>> rules) {
        this.rules = rules;
    }

    /// The rules of a user who changed none.
    public static PushRuleset defaults(UserId userId) {
        var json = DEFAULTS.deepCopy();
        for (var rule : json.path("override")) {
            for (var condition : rule.path("conditions")) {
                fill((ObjectNode) condition, "pattern", userId);
                fill((ObjectNode) condition, "value", userId);
            }
        }
        return parse(json);
    }

    private static void fill(ObjectNode condition, String name, UserId userId) {
        if (condition.path(name).asString("").equals(USER_ID)) {
            condition.put(name, userId.value());
        }
    }

    /// Reads rules as clients see them; the tree is taken over. What is no rule is left out.
    public static PushRuleset parse(ObjectNode json) {
        var rules = new EnumMap<PushRuleKind, List<PushRule>>(PushRuleKind.class);
        for (var kind : PushRuleKind.values()) {
            var ofKind = new ArrayList<PushRule>();
            for (var rule : json.path(kind.id())) {
                if (rule instanceof ObjectNode object) {
                    ofKind.add(PushRule.parse(object));
                }
            }
            rules.put(kind, List.copyOf(ofKind));
        }
        return new PushRuleset(rules);
    }

    public List<PushRule> rules(PushRuleKind kind) {
        return rules.getOrDefault(kind, List.of());
    }

    public Optional<PushRule> find(PushRuleKind kind, String ruleId) {
        return rules(kind).stream().filter(rule -> rule.ruleId().equals(ruleId)).findFirst();
    }

    /// The first rule that matches the event. The caller leaves out events that the user sent:
    /// those never notify.
    ///
    /// @param event in federation format, not redacted
    public Optional<PushRule> match(ObjectNode event, PushContext context) {
        for (var kind : PushRuleKind.values()) {
            for (var rule : rules(kind)) {
                if (rule.matches(kind, event, context)) {
                    return Optional.of(rule);
                }
            }
        }
        return Optional.empty();
    }

    /// What the rules want done for the event; see [#match].
    public PushActions evaluate(ObjectNode event, PushContext context) {
        return match(event, context).map(PushRule::actions).orElse(PushActions.NONE);
    }

    /// As clients see the rules: what stands under `global`. A new object.
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        for (var kind : PushRuleKind.values()) {
            var array = json.putArray(kind.id());
            rules(kind).forEach(rule -> array.add(rule.json().deepCopy()));
        }
        return json;
    }

    private static ObjectNode readDefaults() {
        try (var in =
                Objects.requireNonNull(
                        PushRuleset.class.getResourceAsStream("default-rules.json"))) {
            return JsonText.parseObject(in.readAllBytes(), JsonRules.STRICT, JsonLimits.CLIENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
