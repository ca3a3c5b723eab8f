package dev.lares.core.event;

import dev.lares.core.json.CanonicalJson;
import dev.lares.core.roomversion.RoomVersionRules.RedactionRules;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The [redaction algorithm](https://spec.matrix.org/v1.19/rooms/v11/#redactions) of every room
/// version: what is left of an event when its content must go, and what hashes and signatures of
/// servers cover.
public final class Redaction {
    private static final Set<String> KEYS =
            Set.of(
                    "event_id",
                    "type",
                    "room_id",
                    "sender",
                    "state_key",
                    "content",
                    "hashes",
                    "signatures",
                    "depth",
                    "prev_events",
                    "auth_events",
                    "origin_server_ts");

    /// v11 stopped to keep these.
    private static final Set<String> KEYS_BEFORE_V11 = Set.of("prev_state", "origin", "membership");

    private static final Set<String> POWER_LEVELS =
            Set.of(
                    "ban",
                    "events",
                    "events_default",
                    "kick",
                    "redact",
                    "state_default",
                    "users",
                    "users_default");

    private Redaction() {}

    /// The event without what a redaction takes. A new object; its members are those of the old
    /// one, so neither may be changed any more below the top.
    public static ObjectNode redact(ObjectNode event, RedactionRules rules) {
        var redacted = JsonNodeFactory.instance.objectNode();
        for (var member : event.properties()) {
            String key = member.getKey();
            if (key.equals("content")) {
                redacted.set(key, content(event, rules));
            } else if (KEYS.contains(key)
                    || (rules != RedactionRules.V11 && KEYS_BEFORE_V11.contains(key))) {
                redacted.set(key, member.getValue());
            }
        }
        return redacted;
    }

    /// The same event, redacted. Its ID stays what it was.
    public static Pdu redact(Pdu pdu) {
        var rules = pdu.roomVersion().rules();
        var tree = redact(pdu.json().tree(), rules.redaction());
        return new Pdu(
                pdu.eventId(),
                pdu.roomVersion(),
                pdu.roomId(),
                pdu.type(),
                pdu.stateKey(),
                pdu.sender(),
                pdu.originServerTs(),
                pdu.depth(),
                pdu.prevEvents(),
                pdu.authEvents(),
                rules.redactsInContent() ? pdu.redacts() : Optional.empty(),
                CanonicalJson.of(tree, rules.json()));
    }

    private static ObjectNode content(ObjectNode event, RedactionRules rules) {
        var kept = JsonNodeFactory.instance.objectNode();
        if (!(event.get("content") instanceof ObjectNode content)) {
            // Not an event format that any version knows; the specification says nothing of it.
            return kept;
        }
        switch (event.path("type").asString("")) {
            case "m.room.member" -> keepMember(content, kept, rules);
            case "m.room.create" -> {
                // v11: all keys.
                if (rules == RedactionRules.V11) {
                    return content;
                }
                keep("creator", content, kept);
            }
            case "m.room.join_rules" -> {
                keep("join_rule", content, kept);
                // v8: who may join a restricted room.
                if (rules.compareTo(RedactionRules.V8) >= 0) {
                    keep("allow", content, kept);
                }
            }
            case "m.room.power_levels" -> {
                POWER_LEVELS.forEach(key -> keep(key, content, kept));
                // v11: `invite` was forgotten before.
                if (rules == RedactionRules.V11) {
                    keep("invite", content, kept);
                }
            }
            case "m.room.aliases" -> {
                // v6 stopped to treat aliases apart.
                if (rules == RedactionRules.V1) {
                    keep("aliases", content, kept);
                }
            }
            case "m.room.history_visibility" -> keep("history_visibility", content, kept);
            case "m.room.redaction" -> {
                // v11: the target moved into the content.
                if (rules == RedactionRules.V11) {
                    keep("redacts", content, kept);
                }
            }
            default -> {} // every other type loses its content
        }
        return kept;
    }

    private static void keepMember(ObjectNode content, ObjectNode kept, RedactionRules rules) {
        keep("membership", content, kept);
        // v9: without it a redacted join of a restricted room is no valid one.
        if (rules.compareTo(RedactionRules.V9) >= 0) {
            keep("join_authorised_via_users_server", content, kept);
        }
        // v11: `signed` of a third-party invite. Where there is none, an empty object stays, as
        // other servers have it; the specification does not say, and event IDs depend on it.
        if (rules == RedactionRules.V11
                && content.get("third_party_invite") instanceof ObjectNode invite) {
            keep("signed", invite, kept.putObject("third_party_invite"));
        }
    }

    private static void keep(String key, ObjectNode from, ObjectNode to) {
        var value = from.get(key);
        if (value != null) {
            to.set(key, value);
        }
    }
}
