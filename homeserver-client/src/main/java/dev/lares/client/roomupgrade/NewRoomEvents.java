package dev.lares.client.roomupgrade;

import dev.lares.core.auth.JoinRule;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.participation.MemberProfiles;
import dev.lares.core.roomversion.RoomVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The first events of a room that replaces another: what the
/// [specification](https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-16) recommends
/// to copy, the bans, the canonical alias, whose aliases move, and a space's children.
///
/// The power levels come last: until then who upgrades has a creator's power, which the copied
/// levels may not give.
@Component
class NewRoomEvents {
    private static final String MEMBER = "m.room.member";
    private static final String JOIN_RULES = "m.room.join_rules";
    private static final String SPACE = "m.space";
    private static final String SPACE_CHILD = "m.space.child";
    private static final List<String> COPIED =
            List.of(
                    "m.room.server_acl",
                    "m.room.encryption",
                    JOIN_RULES,
                    "m.room.history_visibility",
                    "m.room.guest_access",
                    "m.room.name",
                    "m.room.avatar",
                    "m.room.topic",
                    "m.room.canonical_alias");

    private final MemberProfiles profiles;

    NewRoomEvents(MemberProfiles profiles) {
        this.profiles = profiles;
    }

    /// @param additional who shares the creator's power, where the version knows that
    List<EventDraft> of(
            OldRoom old, UserId upgrader, RoomVersion version, Collection<UserId> additional) {
        var creators = new LinkedHashSet<String>();
        creators.add(upgrader.value());
        additional.forEach(user -> creators.add(user.value()));
        var drafts = new ArrayList<EventDraft>();
        drafts.add(
                EventDraft.state(
                        upgrader,
                        "m.room.create",
                        "",
                        createContent(old, upgrader, version, creators)));
        var join = object().put("membership", "join");
        profiles.addTo(join, upgrader);
        drafts.add(EventDraft.state(upgrader, MEMBER, upgrader.value(), join));
        addState(drafts, old, upgrader, version);
        old.bans()
                .forEach((user, content) ->
                        copy(new StateKey(MEMBER, user), ban(content), upgrader, version)
                                .ifPresent(drafts::add));
        drafts.add(
                EventDraft.state(
                        upgrader,
                        "m.room.power_levels",
                        "",
                        CopiedPowerLevels.of(old, upgrader, creators, version.rules())));
        return drafts;
    }

    private static ObjectNode createContent(
            OldRoom old, UserId upgrader, RoomVersion version, Collection<String> creators) {
        var before = old.create().pdu().content();
        var content = object().put("room_version", version.id());
        if (version.rules().creatorInContent()) {
            content.put("creator", upgrader.value());
        }
        var type = before.path("type");
        if (type.isString()) {
            content.set("type", type);
        }
        var federate = before.path("m.federate");
        if (federate.isBoolean() && !federate.booleanValue()) {
            content.put("m.federate", false);
        }
        var predecessor = content.putObject("predecessor");
        predecessor.put("room_id", old.room().roomId().value());
        old.lastEvent().ifPresent(event -> predecessor.put("event_id", event.value()));
        if (version.rules().privilegedCreators() && creators.size() > 1) {
            var list = content.putArray("additional_creators");
            creators.stream().filter(user -> !user.equals(upgrader.value())).forEach(list::add);
        }
        return content;
    }

    private static void addState(
            List<EventDraft> drafts, OldRoom old, UserId upgrader, RoomVersion version) {
        for (var type : COPIED) {
            var key = new StateKey(type, "");
            old.content(key)
                    .filter(content -> !content.isEmpty())
                    .map(content -> type.equals(JOIN_RULES) ? joinRules(content, version) : content)
                    .flatMap(content -> copy(key, content, upgrader, version))
                    .ifPresent(drafts::add);
        }
        if (old.create().pdu().content().path("type").asString("").equals(SPACE)) {
            old.contents()
                    .forEach((key, content) -> {
                        if (key.type().equals(SPACE_CHILD) && !content.path("via").isEmpty()) {
                            copy(key, content, upgrader, version).ifPresent(drafts::add);
                        }
                    });
        }
    }

    /// The rule that comes nearest where the new version does not know the old one's.
    private static ObjectNode joinRules(ObjectNode content, RoomVersion version) {
        var rules = version.rules();
        var rule =
                switch (content.path("join_rule").asString("")) {
                    case "restricted" ->
                            rules.restrictedJoins() ? JoinRule.RESTRICTED : JoinRule.INVITE;
                    case "knock" -> rules.knocking() ? JoinRule.KNOCK : JoinRule.INVITE;
                    case "knock_restricted" -> {
                        if (rules.knockRestrictedJoins()) {
                            yield JoinRule.KNOCK_RESTRICTED;
                        }
                        yield rules.knocking() ? JoinRule.KNOCK : JoinRule.INVITE;
                    }
                    case "public" -> JoinRule.PUBLIC;
                    default -> JoinRule.INVITE;
                };
        return content.deepCopy().put("join_rule", rule.value());
    }

    private static ObjectNode ban(ObjectNode content) {
        var ban = object().put("membership", "ban");
        var reason = content.path("reason");
        if (reason.isString()) {
            ban.set("reason", reason);
        }
        return ban;
    }

    /// Nothing for content that the new version takes for no canonical JSON.
    private static Optional<EventDraft> copy(
            StateKey key, ObjectNode content, UserId upgrader, RoomVersion version) {
        var copied = content.deepCopy();
        try {
            return CanonicalJson.of(copied, version.rules().json()).sizeBytes() > 0
                    ? Optional.of(EventDraft.state(upgrader, key.type(), key.stateKey(), copied))
                    : Optional.empty();
        } catch (MatrixException e) {
            return Optional.empty(); // a fraction in a room of an old version, say
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
