package dev.lares.core.filter;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.filter.EventFilter.MemberLoading;
import dev.lares.core.filter.EventFilter.ThreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads filters from JSON. What is not of the specification's type is `M_BAD_JSON`; what it does
/// not name is passed over.
public final class FilterParser {
    /// Longest list in a filter; a longer one would cost each event of each sync.
    private static final int LIST_MAX = 1000;

    private FilterParser() {}

    public static Filter parse(ObjectNode json) {
        var room = object(json, "room");
        return new Filter(
                optionalList(json, "event_fields"),
                format(json),
                events(object(json, "presence"), EventFilter.LIMIT_MAX),
                events(object(json, "account_data"), EventFilter.LIMIT_MAX),
                optionalList(room, "rooms"),
                list(room, "not_rooms"),
                events(object(room, "ephemeral"), EventFilter.LIMIT_MAX),
                flag(room, "include_leave") ? Filter.LeftRooms.INCLUDE : Filter.LeftRooms.LEAVE_OUT,
                events(object(room, "state"), EventFilter.LIMIT_MAX),
                events(object(room, "timeline"), Filter.TIMELINE_LIMIT_DEFAULT),
                events(object(room, "account_data"), EventFilter.LIMIT_MAX));
    }

    /// A `RoomEventFilter` or `EventFilter` alone, as `/messages` and `/context` take it.
    ///
    /// @param limitDefault how many events where the filter does not say
    public static EventFilter parseEvents(ObjectNode json, int limitDefault) {
        return events(json, limitDefault);
    }

    private static EventFilter events(ObjectNode json, int limitDefault) {
        return new EventFilter(
                limit(json, limitDefault),
                optionalList(json, "types"),
                list(json, "not_types"),
                optionalList(json, "senders"),
                list(json, "not_senders"),
                optionalList(json, "rooms"),
                list(json, "not_rooms"),
                optionalFlag(json, "contains_url"),
                list(json, "related_by_rel_types"),
                list(json, "related_by_senders"),
                memberLoading(json),
                flag(json, "unread_thread_notifications")
                                || flag(json, "org.matrix.msc3773.unread_thread_notifications")
                        ? ThreadCounts.BY_THREAD
                        : ThreadCounts.TOGETHER);
    }

    private static MemberLoading memberLoading(ObjectNode json) {
        // Both are read in any case, so that a wrong type is refused.
        boolean lazy = flag(json, "lazy_load_members");
        boolean redundant = flag(json, "include_redundant_members");
        if (!lazy) {
            return MemberLoading.ALL;
        }
        return redundant ? MemberLoading.LAZY_REDUNDANT : MemberLoading.LAZY;
    }

    private static Filter.EventFormat format(ObjectNode json) {
        var value = json.get("event_format");
        if (value == null || value.isNull()) {
            return Filter.EventFormat.CLIENT;
        }
        if (value.isString() && value.stringValue().equals("client")) {
            return Filter.EventFormat.CLIENT;
        }
        if (value.isString() && value.stringValue().equals("federation")) {
            return Filter.EventFormat.FEDERATION;
        }
        throw bad("event_format", "client or federation");
    }

    private static int limit(ObjectNode json, int limitDefault) {
        var value = json.get("limit");
        if (value == null || value.isNull()) {
            return limitDefault;
        }
        if (!value.isIntegralNumber() || value.longValue() < 0) {
            throw bad("limit", "a positive integer");
        }
        // Element sends 0 where it wants no timeline; the specification wants more than 0.
        return (int) Math.min(value.longValue(), EventFilter.LIMIT_MAX);
    }

    private static ObjectNode object(ObjectNode json, String name) {
        var value = json.get(name);
        if (value == null || value.isNull()) {
            return json.objectNode();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw bad(name, "an object");
    }

    private static boolean flag(ObjectNode json, String name) {
        return optionalFlag(json, name).orElse(false);
    }

    private static Optional<Boolean> optionalFlag(ObjectNode json, String name) {
        var value = json.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw bad(name, "true or false");
        }
        return Optional.of(value.booleanValue());
    }

    private static List<String> list(ObjectNode json, String name) {
        return optionalList(json, name).orElse(List.of());
    }

    private static Optional<List<String>> optionalList(ObjectNode json, String name) {
        var value = json.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isArray() || value.size() > LIST_MAX) {
            throw bad(name, "a list of at most " + LIST_MAX + " strings");
        }
        var items = new ArrayList<String>(value.size());
        for (JsonNode item : value) {
            if (!item.isString()) {
                throw bad(name, "a list of strings");
            }
            items.add(item.stringValue());
        }
        return Optional.of(List.copyOf(items));
    }

    private static MatrixException bad(String name, String expected) {
        return new MatrixException(
                ErrorCode.M_BAD_JSON, "'" + name + "' of a filter has to be " + expected);
    }
}
