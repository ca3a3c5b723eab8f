package dev.lares.core.push;

import dev.lares.core.json.PropertyPath;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A [condition](https://spec.matrix.org/v1.19/client-server-api/#conditions-1) of an override or
/// underride rule.
sealed interface PushCondition {
    boolean holds(ObjectNode event, PushContext context);

    /// What is not recognised, malformed conditions included, matches nothing.
    static PushCondition parse(JsonNode json) {
        return switch (json.path("kind").asString("")) {
            case "event_match" ->
                    text(json, "key")
                            .flatMap(key ->
                                    text(json, "pattern")
                                            .<PushCondition>map(p -> EventMatch.of(key, p)))
                            .orElseGet(Unrecognised::new);
            case "event_property_is" ->
                    text(json, "key")
                            .filter(_ -> isSimple(json.get("value")))
                            .<PushCondition>map(key ->
                                    new EventPropertyIs(PropertyPath.parse(key), json.get("value")))
                            .orElseGet(Unrecognised::new);
            case "event_property_contains" ->
                    text(json, "key")
                            .filter(_ -> isSimple(json.get("value")))
                            .<PushCondition>map(key ->
                                    new EventPropertyContains(
                                            PropertyPath.parse(key), json.get("value")))
                            .orElseGet(Unrecognised::new);
            case "contains_display_name" -> new ContainsDisplayName();
            case "room_member_count" ->
                    text(json, "is")
                            .flatMap(RoomMemberCount::parse)
                            .<PushCondition>map(count -> count)
                            .orElseGet(Unrecognised::new);
            case "sender_notification_permission" ->
                    text(json, "key")
                            .<PushCondition>map(SenderNotificationPermission::new)
                            .orElseGet(Unrecognised::new);
            default -> new Unrecognised();
        };
    }

    private static Optional<String> text(JsonNode json, String name) {
        var value = json.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static boolean isSimple(@Nullable JsonNode value) {
        return value != null
                && (value.isString()
                        || value.isIntegralNumber()
                        || value.isBoolean()
                        || value.isNull());
    }

    /// `content.body` is matched by words, everything else as a whole.
    record EventMatch(PropertyPath key, Glob pattern, Extent extent) implements PushCondition {
        static EventMatch of(String key, String pattern) {
            return new EventMatch(
                    PropertyPath.parse(key),
                    Glob.of(pattern),
                    key.equals("content.body") ? Extent.WORDS : Extent.WHOLE);
        }

        @Override
        public boolean holds(ObjectNode event, PushContext context) {
            return key.find(event).filter(JsonNode::isString).map(JsonNode::stringValue).stream()
                    .anyMatch(value ->
                            switch (extent) {
                                case WHOLE -> pattern.matches(value);
                                case WORDS -> pattern.matchesWords(value);
                            });
        }

        enum Extent {
            WHOLE,
            WORDS
        }
    }

    record EventPropertyIs(PropertyPath key, JsonNode value) implements PushCondition {
        @Override
        public boolean holds(ObjectNode event, PushContext context) {
            return key.find(event).filter(found -> isSame(found, value)).isPresent();
        }
    }

    record EventPropertyContains(PropertyPath key, JsonNode value) implements PushCondition {
        @Override
        public boolean holds(ObjectNode event, PushContext context) {
            return key.find(event).filter(JsonNode::isArray).stream()
                    .flatMap(JsonNode::valueStream)
                    .anyMatch(element -> isSame(element, value));
        }
    }

    /// Integers are equal by value, however wide the node is that holds them.
    private static boolean isSame(JsonNode a, JsonNode b) {
        if (a.isIntegralNumber() && b.isIntegralNumber()) {
            return a.bigIntegerValue().equals(b.bigIntegerValue());
        }
        return isSimple(a) && a.equals(b);
    }

    record ContainsDisplayName() implements PushCondition {
        @Override
        public boolean holds(ObjectNode event, PushContext context) {
            return context.displayName()
                    .filter(name -> !name.isEmpty())
                    .flatMap(name ->
                            Optional.of(event.path("content").path("body"))
                                    .filter(JsonNode::isString)
                                    .map(body -> words(body.stringValue(), name)))
                    .orElse(false);
        }

        /// The name is no glob: `*` in it stands for itself.
        private static boolean words(String body, String name) {
            return WordSearch.contains(
                    body.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        }
    }

    record RoomMemberCount(Comparison comparison, long count) implements PushCondition {
        private static final Pattern FORM = Pattern.compile("(==|<=|>=|<|>)?([0-9]{1,18})");

        static Optional<RoomMemberCount> parse(String is) {
            var form = FORM.matcher(is);
            if (!form.matches()) {
                return Optional.empty();
            }
            var comparison =
                    switch (form.group(1) == null ? "==" : form.group(1)) {
                        case "<" -> Comparison.LESS;
                        case ">" -> Comparison.GREATER;
                        case "<=" -> Comparison.AT_MOST;
                        case ">=" -> Comparison.AT_LEAST;
                        default -> Comparison.EQUAL;
                    };
            return Optional.of(new RoomMemberCount(comparison, Long.parseLong(form.group(2))));
        }

        @Override
        public boolean holds(ObjectNode event, PushContext context) {
            long members = context.memberCount();
            return switch (comparison) {
                case EQUAL -> members == count;
                case LESS -> members < count;
                case GREATER -> members > count;
                case AT_MOST -> members <= count;
                case AT_LEAST -> members >= count;
            };
        }

        enum Comparison {
            EQUAL,
            LESS,
            GREATER,
            AT_MOST,
            AT_LEAST
        }
    }

    record SenderNotificationPermission(String key) implements PushCondition {
        @Override
        public boolean holds(ObjectNode event, PushContext context) {
            return context.senderPowerLevel() >= context.notificationLevels().required(key);
        }
    }

    record Unrecognised() implements PushCondition {
        @Override
        public boolean holds(ObjectNode event, PushContext context) {
            return false;
        }
    }
}
