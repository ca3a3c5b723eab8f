package dev.lares.client.spacehierarchy;

import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.room.EventRendering;
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
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Reads which rooms spaces name as theirs.
@Component
class SpaceChildren {
    /// Children of one space that are shown and gone into, the first ones in its order.
    static final int CHILDREN_MAX = 1000;

    private static final String TYPE = "m.space.child";
    private static final StateSelection CHILDREN = new StateSelection.Types(Set.of(TYPE));

    private final RoomStateReader states;
    private final EventRendering rendering;

    SpaceChildren(RoomStateReader states, EventRendering rendering) {
        this.states = states;
        this.rendering = rendering;
    }

    /// The valid children of each space in its order, by the spaces' internal numbers; a space
    /// without any may be missing.
    Map<Long, List<SpaceChild>> of(Collection<RoomRef> spaces) {
        if (spaces.isEmpty()) {
            return Map.of();
        }
        var found = states.find(spaces, CHILDREN);
        var contents = rendering.contents(found);
        var children = new HashMap<Long, List<SpaceChild>>();
        found.forEach((space, events) ->
                children.put(
                        space.roomNid(),
                        events.stream()
                                .flatMap(event ->
                                        Optional.ofNullable(contents.get(event.nid()))
                                                .flatMap(content -> child(event, content))
                                                .stream())
                                .sorted(SpaceChild.AS_THE_SPACE_WANTS)
                                .limit(CHILDREN_MAX)
                                .toList()));
        return children;
    }

    /// A child without servers to join by was taken out of the space.
    private static Optional<SpaceChild> child(StoredEvent event, ObjectNode content) {
        var roomId = event.pdu().stateKey().orElseThrow();
        if (!content.path("via").isArray() || content.path("via").isEmpty() || !isRoomId(roomId)) {
            return Optional.empty();
        }
        return Optional.of(
                new SpaceChild(
                        TYPE,
                        roomId,
                        content,
                        event.pdu().sender().value(),
                        event.pdu().originServerTs()));
    }

    private static boolean isRoomId(String text) {
        try {
            return !new RoomId(text).value().isEmpty();
        } catch (MatrixException e) {
            return false; // a state key may be any text
        }
    }
}
