package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.ExtensionScope.Wanted;
import dev.lares.client.slidingsync.SlidingList.Range;
import dev.lares.client.slidingsync.SlidingRequest.Extensions;
import dev.lares.client.slidingsync.SlidingRequest.Rules;
import dev.lares.client.slidingsync.SlidingRequest.Spelling;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.state.StateSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads requests in both spellings. What is of a wrong type or missing is `M_BAD_JSON`; values
/// that are out of bounds are `M_INVALID_PARAM`. Unknown members and extensions are passed over.
final class SlidingRequestParser {
    static final int LISTS_MAX = 100;
    static final int SUBSCRIPTIONS_MAX = 100;

    /// The unstable form knows no bound, and clients subscribe to what they scroll over.
    static final int SUBSCRIPTIONS_MAX_UNSTABLE = 1_000;

    private static final int RANGES_MAX = 20;

    /// More events a room does not get at once.
    private static final int TIMELINE_LIMIT_MAX = 100;

    private static final int TO_DEVICE_LIMIT_MAX = 100;

    /// [Opaque identifiers](https://spec.matrix.org/v1.19/appendices/#opaque-identifiers), and what
    /// else clients name their lists.
    private static final Pattern LIST_NAME = Pattern.compile("[\\x20-\\x7E]{1,255}");

    private final Spelling spelling;
    private final UserId userId;

    SlidingRequestParser(Spelling spelling, UserId userId) {
        this.spelling = spelling;
        this.userId = userId;
    }

    Rules rules(ObjectNode body) {
        return new Rules(
                lists(JsonMembers.object(body, "lists")),
                subscriptions(JsonMembers.object(body, "room_subscriptions")),
                extensions(JsonMembers.object(body, "extensions")));
    }

    private List<SlidingList> lists(Optional<ObjectNode> json) {
        var lists = new ArrayList<SlidingList>();
        if (json.isEmpty()) {
            return lists;
        }
        if (json.get().size() > LISTS_MAX) {
            throw JsonMembers.invalid("At most " + LISTS_MAX + " lists");
        }
        json.get()
                .forEachEntry((name, value) -> {
                    if (!LIST_NAME.matcher(name).matches()) {
                        throw JsonMembers.invalid(
                                "A list's name has 1 to 255 printable characters");
                    }
                    var list = JsonMembers.asObject(value, name);
                    lists.add(
                            new SlidingList(
                                    name,
                                    ranges(list),
                                    JsonMembers.object(list, "filters")
                                            .map(this::filter)
                                            .orElse(RoomFilter.ALL),
                                    config(list)));
                });
        return lists;
    }

    private List<Range> ranges(ObjectNode list) {
        return switch (spelling) {
            case STABLE ->
                    JsonMembers.find(list, "range").stream()
                            .map(range -> range(range, "range"))
                            .toList();
            case UNSTABLE -> {
                var ranges = JsonMembers.list(list, "ranges").orElse(List.of());
                if (ranges.size() > RANGES_MAX) {
                    throw JsonMembers.invalid("A list has at most " + RANGES_MAX + " ranges");
                }
                yield ranges.stream().map(range -> range(range, "ranges")).toList();
            }
        };
    }

    private static Range range(JsonNode json, String name) {
        var ends = JsonMembers.asList(json, name);
        if (ends.size() != 2) {
            throw JsonMembers.bad(name, "two integers");
        }
        var range =
                new Range(
                        JsonMembers.asNumber(ends.get(0), name),
                        JsonMembers.asNumber(ends.get(1), name));
        if (range.first() > range.last()) {
            throw JsonMembers.invalid("A range does not end before it starts");
        }
        return range;
    }

    private Map<RoomId, RoomConfig> subscriptions(Optional<ObjectNode> json) {
        var subscriptions = new HashMap<RoomId, RoomConfig>();
        if (json.isEmpty()) {
            return subscriptions;
        }
        int most =
                switch (spelling) {
                    case STABLE -> SUBSCRIPTIONS_MAX;
                    case UNSTABLE -> SUBSCRIPTIONS_MAX_UNSTABLE;
                };
        if (json.get().size() > most) {
            throw JsonMembers.invalid("At most " + most + " subscriptions");
        }
        json.get()
                .forEachEntry((room, value) ->
                        subscriptions.put(
                                new RoomId(room), config(JsonMembers.asObject(value, room))));
        return subscriptions;
    }

    private RoomConfig config(ObjectNode json) {
        long limit =
                JsonMembers.number(json, "timeline_limit")
                        .orElseThrow(() -> JsonMembers.bad("timeline_limit", "an integer"));
        var required =
                switch (spelling) {
                    case STABLE ->
                            JsonMembers.object(json, "required_state")
                                    .map(SlidingRequestParser::requiredStable)
                                    .orElseThrow(
                                            () -> JsonMembers.bad("required_state", "an object"));
                    // Clients leave an empty list out.
                    case UNSTABLE ->
                            requiredUnstable(
                                    JsonMembers.list(json, "required_state").orElse(List.of()));
                };
        return new RoomConfig((int) Math.min(limit, TIMELINE_LIMIT_MAX), Set.of(required));
    }

    private static RequiredState requiredStable(ObjectNode json) {
        return new RequiredState(
                patterns(json, "include"),
                patterns(json, "exclude"),
                JsonMembers.flag(json, "lazy_members").orElse(false)
                        ? RequiredState.Members.LAZY
                        : RequiredState.Members.ALL);
    }

    private static Set<StatePattern> patterns(ObjectNode json, String name) {
        var patterns = new HashSet<StatePattern>();
        for (var item : JsonMembers.list(json, name).orElse(List.of())) {
            var pattern = JsonMembers.asObject(item, name);
            patterns.add(
                    new StatePattern(
                            JsonMembers.text(pattern, "type"),
                            JsonMembers.text(pattern, "state_key")));
        }
        return patterns;
    }

    /// Pairs of type and state key, in which `*` stands for every one, `$ME` for the user, and
    /// `$LAZY` for the members whom the timeline shows.
    private RequiredState requiredUnstable(List<JsonNode> pairs) {
        var patterns = new HashSet<StatePattern>();
        var members = RequiredState.Members.ALL;
        for (var item : pairs) {
            var pair = JsonMembers.asList(item, "required_state");
            if (pair.size() != 2) {
                throw JsonMembers.bad("required_state", "pairs of type and state key");
            }
            var type = JsonMembers.asText(pair.get(0), "required_state");
            var key = JsonMembers.asText(pair.get(1), "required_state");
            if (type.equals(StateSelection.MEMBER) && key.equals("$LAZY")) {
                members = RequiredState.Members.LAZY;
            } else {
                patterns.add(
                        new StatePattern(
                                type.equals("*") ? Optional.empty() : Optional.of(type),
                                stateKey(key)));
            }
        }
        // Who asks for all and for those shown gets all.
        var everyMember = new StatePattern(Optional.of(StateSelection.MEMBER), Optional.empty());
        return new RequiredState(
                patterns,
                Set.of(),
                patterns.contains(everyMember) ? RequiredState.Members.ALL : members);
    }

    private Optional<String> stateKey(String key) {
        return switch (key) {
            case "*" -> Optional.empty();
            case "$ME" -> Optional.of(userId.value());
            default -> Optional.of(key);
        };
    }

    private RoomFilter filter(ObjectNode json) {
        var invited =
                switch (spelling) {
                    case STABLE -> "is_invited";
                    case UNSTABLE -> "is_invite";
                };
        return new RoomFilter(
                JsonMembers.flag(json, "is_dm"),
                JsonMembers.texts(json, "spaces"),
                JsonMembers.flag(json, "is_encrypted"),
                JsonMembers.flag(json, invited),
                JsonMembers.textsOrNull(json, "room_types"),
                JsonMembers.textsOrNull(json, "not_room_types").orElse(Set.of()),
                JsonMembers.text(json, "room_name_like").map(part -> part.toLowerCase(Locale.ROOT)),
                JsonMembers.texts(json, "tags"),
                JsonMembers.texts(json, "not_tags").orElse(Set.of()));
    }

    private static Extensions extensions(Optional<ObjectNode> json) {
        var toDevice = json.flatMap(all -> JsonMembers.object(all, "to_device"));
        return new Extensions(
                wanted(toDevice),
                (int)
                        Math.min(
                                toDevice.flatMap(one -> JsonMembers.number(one, "limit"))
                                        .orElse((long) TO_DEVICE_LIMIT_MAX),
                                TO_DEVICE_LIMIT_MAX),
                toDevice.flatMap(one -> JsonMembers.text(one, "since")),
                wanted(json.flatMap(all -> JsonMembers.object(all, "e2ee"))),
                scope(json.flatMap(all -> JsonMembers.object(all, "account_data"))),
                scope(json.flatMap(all -> JsonMembers.object(all, "receipts"))),
                scope(json.flatMap(all -> JsonMembers.object(all, "typing"))));
    }

    private static Wanted wanted(Optional<ObjectNode> json) {
        return json.flatMap(one -> JsonMembers.flag(one, "enabled")).orElse(false)
                ? Wanted.YES
                : Wanted.NO;
    }

    private static ExtensionScope scope(Optional<ObjectNode> json) {
        return new ExtensionScope(
                wanted(json),
                json.flatMap(one -> all(JsonMembers.texts(one, "lists"))),
                json.flatMap(one -> all(JsonMembers.texts(one, "rooms"))));
    }

    /// `*` is as good as nothing: all.
    private static Optional<Set<String>> all(Optional<Set<String>> names) {
        return names.filter(some -> !some.contains("*"));
    }
}
