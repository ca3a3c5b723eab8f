package dev.lares.core.roompreview;

import dev.lares.core.auth.JoinRule;
import dev.lares.core.event.StateKey;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.membership.RoomSummaries;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.HistoryVisibility;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.state.StateSelection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Reads previews: five statements for however many rooms.
@Service
public class RoomPreviews {
    static final StateKey CREATE = key("m.room.create");
    static final StateKey NAME = key("m.room.name");
    static final StateKey TOPIC = key("m.room.topic");
    static final StateKey CANONICAL_ALIAS = key("m.room.canonical_alias");
    static final StateKey AVATAR = key("m.room.avatar");
    static final StateKey JOIN_RULES = key("m.room.join_rules");
    static final StateKey VISIBILITY = key(HistoryVisibility.TYPE);
    static final StateKey GUEST_ACCESS = key("m.room.guest_access");
    static final StateKey ENCRYPTION = key("m.room.encryption");

    private static final StateSelection SHOWN =
            new StateSelection.Keys(
                    Set.of(
                            CREATE,
                            NAME,
                            TOPIC,
                            CANONICAL_ALIAS,
                            AVATAR,
                            JOIN_RULES,
                            VISIBILITY,
                            GUEST_ACCESS,
                            ENCRYPTION));

    private final RoomStateReader states;
    private final EventRendering rendering;
    private final RoomSummaries summaries;
    private final AppliedPosition applied;

    RoomPreviews(
            RoomStateReader states,
            EventRendering rendering,
            RoomSummaries summaries,
            AppliedPosition applied) {
        this.states = states;
        this.rendering = rendering;
        this.summaries = summaries;
        this.applied = applied;
    }

    /// What the rooms show now, by their internal numbers; a room without a state is missing.
    public Map<Long, RoomPreview> of(Collection<RoomRef> rooms) {
        return of(rooms, applied.current());
    }

    /// The same, with the members counted as of a position.
    public Map<Long, RoomPreview> of(Collection<RoomRef> rooms, Position counted) {
        if (rooms.isEmpty()) {
            return Map.of();
        }
        var found = states.find(rooms, SHOWN);
        var contents = rendering.contents(found);
        var joined = summaries.joined(rooms.stream().map(RoomRef::roomNid).toList(), counted);
        var previews = new HashMap<Long, RoomPreview>();
        found.forEach((room, ofRoom) ->
                previews.put(
                        room.roomNid(),
                        preview(room, ofRoom, contents, joined.getOrDefault(room.roomNid(), 0))));
        return previews;
    }

    private static RoomPreview preview(
            RoomRef room, List<StoredEvent> states, Map<Long, ObjectNode> contents, int joined) {
        var byKey = new HashMap<StateKey, ObjectNode>();
        var joinRules = Optional.<StoredEvent>empty();
        for (var state : states) {
            var key = new StateKey(state.pdu().type(), state.pdu().stateKey().orElseThrow());
            var content = contents.get(state.nid());
            if (content != null) {
                byKey.put(key, content);
            }
            if (key.equals(JOIN_RULES)) {
                joinRules = Optional.of(state);
            }
        }
        // A redaction leaves the join rule and the history visibility as they were.
        var joinRule = JoinRule.of(joinRules.map(StoredEvent::pdu), room.version().rules());
        var shown = new ShownState(byKey);
        return new RoomPreview(
                room,
                shown.text(NAME, "name"),
                shown.topic(),
                shown.canonicalAlias(),
                shown.avatarUrl(),
                joinRule,
                joinRule.isRestricted() ? shown.allowedRooms() : List.of(),
                HistoryVisibility.of(Optional.ofNullable(byKey.get(VISIBILITY))),
                shown.text(GUEST_ACCESS, "guest_access").filter("can_join"::equals).isPresent(),
                shown.text(CREATE, "type"),
                shown.text(ENCRYPTION, "algorithm"),
                joined);
    }

    private static StateKey key(String type) {
        return new StateKey(type, "");
    }
}
