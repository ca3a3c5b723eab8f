package dev.lares.client.createroom;

import dev.lares.client.createroom.CreateRoomRequest.InitialState;
import dev.lares.client.createroom.CreateRoomRequest.Preset;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.UserId;
import dev.lares.core.participation.MemberProfiles;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.sending.EventTypes;
import dev.lares.core.web.Requester;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The first events of a room, in the order that the specification sets
/// ([createRoom](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom)).
@Component
class InitialEvents {
    private static final String MEMBER = "m.room.member";
    private static final String CANONICAL_ALIAS = "m.room.canonical_alias";
    private static final String NAME = "m.room.name";
    private static final String TOPIC = "m.room.topic";

    private final MemberProfiles profiles;

    InitialEvents(MemberProfiles profiles) {
        this.profiles = profiles;
    }

    List<EventDraft> of(
            Requester requester,
            RoomVersion version,
            Optional<RoomAlias> alias,
            CreateRoomRequest request) {
        var creator = requester.userId();
        var drafts = new ArrayList<EventDraft>();
        // 1. and 2.: the room, and its creator in it.
        drafts.add(
                EventDraft.state(
                        creator,
                        "m.room.create",
                        "",
                        CreationContent.of(creator, version, request)));
        drafts.add(member(creator, creator, "join", Optional.empty()));
        // 3.: who may do what.
        drafts.add(
                EventDraft.state(
                        creator,
                        "m.room.power_levels",
                        "",
                        InitialPowerLevels.of(creator, version, request)));
        // 4.: what the room is called.
        alias.ifPresent(name ->
                drafts.add(
                        EventDraft.state(
                                creator,
                                CANONICAL_ALIAS,
                                "",
                                object().put("alias", name.value()))));
        addState(drafts, creator, request);
        // 8.: invitations.
        for (var invitee : request.invitees()) {
            drafts.add(member(creator, invitee, "invite", request.isDirect()));
        }
        return drafts;
    }

    private static void addState(
            List<EventDraft> drafts, UserId creator, CreateRoomRequest request) {
        var initial = request.initialState().orElse(List.of());
        Set<StateKey> overridden =
                initial.stream().map(InitialEvents::key).collect(Collectors.toSet());
        // 5.: what the preset sets, unless the initial state sets it.
        presetState(request.effectivePreset())
                .forEach((type, content) -> {
                    if (!overridden.contains(new StateKey(type, ""))) {
                        drafts.add(EventDraft.state(creator, type, "", content));
                    }
                });
        // 6.: the initial state, but for what `name` and `topic` set.
        for (var state : initial) {
            EventTypes.requireType(state.type());
            EventTypes.requireStateKey(key(state).stateKey());
            boolean set =
                    (key(state).equals(new StateKey(NAME, "")) && request.name().isPresent())
                            || (key(state).equals(new StateKey(TOPIC, ""))
                                    && request.topic().isPresent());
            if (!set) {
                drafts.add(
                        EventDraft.state(
                                creator, state.type(), key(state).stateKey(), state.content()));
            }
        }
        // 7.: name and topic.
        request.name()
                .ifPresent(name ->
                        drafts.add(
                                EventDraft.state(creator, NAME, "", object().put("name", name))));
        request.topic()
                .ifPresent(topic ->
                        drafts.add(EventDraft.state(creator, TOPIC, "", topicContent(topic))));
    }

    private static SequencedMap<String, ObjectNode> presetState(Preset preset) {
        boolean open =
                switch (preset) {
                    case PUBLIC_CHAT -> true;
                    case PRIVATE_CHAT, TRUSTED_PRIVATE_CHAT -> false;
                };
        var state = new LinkedHashMap<String, ObjectNode>();
        state.put("m.room.join_rules", object().put("join_rule", open ? "public" : "invite"));
        state.put("m.room.history_visibility", object().put("history_visibility", "shared"));
        state.put(
                "m.room.guest_access",
                object().put("guest_access", open ? "forbidden" : "can_join"));
        return state;
    }

    private EventDraft member(
            UserId sender, UserId target, String membership, Optional<Boolean> isDirect) {
        var content = object().put("membership", membership);
        isDirect.ifPresent(is -> content.put("is_direct", is));
        profiles.addTo(content, target);
        return EventDraft.state(sender, MEMBER, target.value(), content);
    }

    private static ObjectNode topicContent(String topic) {
        var content = object().put("topic", topic);
        content.putObject("m.topic")
                .putArray("m.text")
                .addObject()
                .put("body", topic)
                .put("mimetype", "text/plain");
        return content;
    }

    private static StateKey key(InitialState state) {
        return new StateKey(state.type(), state.stateKey().orElse(""));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
