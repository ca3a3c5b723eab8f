package dev.lares.core.push;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.UserId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an event is under the [default
/// rules](https://spec.matrix.org/v1.19/client-server-api/#predefined-rules), once for the whole
/// room instead of once for each member: the default rules look at nothing of a member but the ID.
/// The number of members decides about sounds only.
///
/// @param everyone the verdict for all who are not named below
/// @param others whose verdict differs: those who are mentioned, or invited. Senders are never
///   among them; that their own events do not notify them is up to who counts.
public record PushClass(PushVerdict everyone, Map<UserId, PushVerdict> others) {
    private static final PushClass NOTHING = new PushClass(PushVerdict.NOTHING, Map.of());

    public PushClass {
        others = Map.copyOf(others);
    }

    public static PushClass of(Pdu event, PowerLevels levels) {
        var content = event.content();
        String type = lower(event.type());
        // .m.rule.suppress_notices
        if (is(content.path("msgtype"), "m.notice")) {
            return NOTHING;
        }
        if (type.equals("m.room.member")) {
            return ofMembership(event);
        }
        var everyone = forEveryone(event, type, levels);
        // .m.rule.is_user_mention stands before all rules that follow here.
        return new PushClass(everyone, mentions(event, everyone));
    }

    public PushVerdict verdictFor(UserId userId) {
        return others.getOrDefault(userId, everyone);
    }

    /// .m.rule.invite_for_me, then .m.rule.member_event.
    private static PushClass ofMembership(Pdu event) {
        if (!is(event.content().path("membership"), "invite") || event.stateKey().isEmpty()) {
            return NOTHING;
        }
        var invited = userId(event.stateKey().get());
        return invited == null || invited.equals(event.sender())
                ? NOTHING
                : new PushClass(PushVerdict.NOTHING, Map.of(invited, PushVerdict.NOTIFY));
    }

    private static PushVerdict forEveryone(Pdu event, String type, PowerLevels levels) {
        var content = event.content();
        // .m.rule.is_room_mention
        var room = content.path("m.mentions").path("room");
        if (room.isBoolean()
                && room.booleanValue()
                && levels.ofUser(event.sender()) >= levels.notification("room")) {
            return PushVerdict.HIGHLIGHT;
        }
        boolean emptyStateKey = event.stateKey().filter(String::isEmpty).isPresent();
        // .m.rule.tombstone
        if (type.equals("m.room.tombstone") && emptyStateKey) {
            return PushVerdict.HIGHLIGHT;
        }
        // .m.rule.suppress_edits
        var relType = content.path("m.relates_to").path("rel_type");
        if (relType.isString() && relType.stringValue().equals("m.replace")) {
            return PushVerdict.NOTHING;
        }
        // .m.rule.reaction and .m.rule.room.server_acl suppress what nothing below would show;
        // .m.rule.call, .message, .encrypted and their forms for two do show:
        return switch (type) {
            case "m.call.invite", "m.room.message", "m.room.encrypted" -> PushVerdict.NOTIFY;
            default -> PushVerdict.NOTHING;
        };
    }

    private static Map<UserId, PushVerdict> mentions(Pdu event, PushVerdict everyone) {
        var userIds = event.content().path("m.mentions").path("user_ids");
        if (!userIds.isArray() || everyone == PushVerdict.HIGHLIGHT) {
            return Map.of();
        }
        var mentioned = new HashMap<UserId, PushVerdict>();
        for (var element : userIds) {
            var userId = element.isString() ? userId(element.stringValue()) : null;
            if (userId != null && !userId.equals(event.sender())) {
                mentioned.put(userId, PushVerdict.HIGHLIGHT);
            }
        }
        return mentioned;
    }

    /// `event_match` does not look at case.
    private static boolean is(JsonNode value, String lowerCase) {
        return value.isString() && lower(value.stringValue()).equals(lowerCase);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// Null where the text is no user ID, and so nobody's.
    private static @Nullable UserId userId(String text) {
        try {
            return new UserId(text);
        } catch (MatrixException e) {
            return null;
        }
    }
}
