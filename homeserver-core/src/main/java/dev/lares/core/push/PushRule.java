package dev.lares.core.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [push rule](https://spec.matrix.org/v1.19/client-server-api/#push-rules), made ready to match.
/// It keeps the JSON that clients see.
public final class PushRule {
    private final String ruleId;
    private final Status status;
    private final List<PushCondition> conditions;
    private final Optional<Glob> pattern;
    private final PushActions actions;
    private final ObjectNode json;

    private PushRule(ObjectNode json) {
        this.ruleId = json.path("rule_id").asString("");
        this.status = json.path("enabled").asBoolean(true) ? Status.ENABLED : Status.DISABLED;
        this.conditions = conditions(json.path("conditions"));
        this.pattern =
                Optional.of(json.path("pattern"))
                        .filter(JsonNode::isString)
                        .map(text -> Glob.of(text.stringValue()));
        this.actions =
                json.get("actions") instanceof ArrayNode array
                        ? PushActions.parse(array)
                        : PushActions.NONE;
        this.json = json;
    }

    /// Reads a rule as clients see it. The object is taken over.
    public static PushRule parse(ObjectNode json) {
        return new PushRule(json);
    }

    private static List<PushCondition> conditions(JsonNode array) {
        var conditions = new ArrayList<PushCondition>();
        for (var condition : array) {
            conditions.add(PushCondition.parse(condition));
        }
        return List.copyOf(conditions);
    }

    boolean matches(PushRuleKind kind, ObjectNode event, PushContext context) {
        if (status == Status.DISABLED) {
            return false;
        }
        return switch (kind) {
            case OVERRIDE, UNDERRIDE ->
                    conditions.stream().allMatch(condition -> condition.holds(event, context));
            case CONTENT -> {
                var body = event.path("content").path("body");
                yield body.isString()
                        && pattern.filter(glob -> glob.matchesWords(body.stringValue()))
                                .isPresent();
            }
            case ROOM -> event.path("room_id").asString("").equals(ruleId);
            case SENDER -> event.path("sender").asString("").equals(ruleId);
        };
    }

    public String ruleId() {
        return ruleId;
    }

    public PushActions actions() {
        return actions;
    }

    /// Not to be modified.
    public ObjectNode json() {
        return json;
    }

    @Override
    public String toString() {
        return ruleId;
    }

    private enum Status {
        ENABLED,
        DISABLED
    }
}
