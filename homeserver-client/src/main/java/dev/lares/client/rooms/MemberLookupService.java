package dev.lares.client.rooms;

import dev.lares.client.rooms.RoomsController.RoomMember;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.position.PositionToken;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.RoomAccess;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomIds;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.state.StateSelection;
import dev.lares.core.web.Requester;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Reads who is in rooms.
@Service
class MemberLookupService {
    private static final StateSelection MEMBERS = new StateSelection.Types(Set.of("m.room.member"));

    private final RoomAccesses accesses;
    private final RoomStateReader states;
    private final EventRendering rendering;
    private final PositionTokens tokens;

    MemberLookupService(
            RoomAccesses accesses,
            RoomStateReader states,
            EventRendering rendering,
            PositionTokens tokens) {
        this.accesses = accesses;
        this.states = states;
        this.rendering = rendering;
        this.tokens = tokens;
    }

    /// `M_FORBIDDEN` where the user may not read the room, `M_INVALID_PARAM` for a token that is
    /// none of ours.
    ///
    /// @param at a token of `/sync` or `/messages`; now where absent
    List<ObjectNode> findAll(
            Requester requester, RoomId roomId, Optional<String> at, MembershipFilter filter) {
        var readable = accesses.require(roomId, requester.userNid());
        var asked = at.map(token -> position(tokens.read(token, requester.deviceId())));
        // Nobody looks beyond their own departure.
        var until =
                Stream.concat(asked.stream(), readable.until().stream()).min(Position::compareTo);
        var members =
                until.map(position -> states.findAt(readable.room(), position, MEMBERS))
                        .orElseGet(() -> states.find(readable.room(), MEMBERS));
        var wanted = members.stream().filter(member -> filter.wants(membership(member))).toList();
        return rendering.renderState(readable.room(), wanted, RoomIds.INCLUDE);
    }

    /// `M_FORBIDDEN` where the user is not in the room.
    Map<String, RoomMember> findJoined(Requester requester, RoomId roomId) {
        var readable = accesses.require(roomId, requester.userNid());
        if (!(readable.access() instanceof RoomAccess.Member)) {
            throw RoomRefs.notInRoom();
        }
        return joined(readable.room());
    }

    private Map<String, RoomMember> joined(RoomRef room) {
        var joined = new ArrayList<StoredEvent>();
        for (var member : states.find(room, MEMBERS)) {
            if (membership(member) == Membership.JOIN) {
                joined.add(member);
            }
        }
        var contents = rendering.contents(room, joined);
        var byUser = new LinkedHashMap<String, RoomMember>();
        for (int i = 0; i < joined.size(); i++) {
            var content = contents.get(i);
            byUser.put(
                    joined.get(i).pdu().stateKey().orElseThrow(),
                    new RoomMember(text(content, "displayname"), text(content, "avatar_url")));
        }
        return byUser;
    }

    private static Position position(PositionToken token) {
        return switch (token) {
            case PositionToken.Sync sync -> sync.position();
            // History before our first row has no state of its own that we know.
            case PositionToken.Page page -> new Position(Math.max(0, page.pos()));
        };
    }

    private static Membership membership(StoredEvent member) {
        return text(member.pdu().content(), "membership")
                .flatMap(Membership::find)
                .orElse(Membership.LEAVE);
    }

    private static Optional<String> text(ObjectNode content, String name) {
        return Optional.ofNullable(content.get(name))
                .filter(node -> node.isString())
                .map(node -> node.stringValue());
    }
}
