package dev.lares.core.participation;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.user.UserRefs;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// [Restricted rooms](https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms): who meets
/// a condition is let in by a member who may invite.
@Component
class RestrictedJoins {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);
    private static final StateKey JOIN_RULES = new StateKey("m.room.join_rules", "");
    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    /// Conditions that are looked at; a room with more would cost each join too much.
    private static final int CONDITIONS_MAX = 200;

    /// Local members whose names are looked up at once.
    private static final int CHUNK = 1000;

    private final RoomStateReader states;
    private final UserRooms memberships;
    private final UserRefs users;

    RestrictedJoins(RoomStateReader states, UserRooms memberships, UserRefs users) {
        this.states = states;
        this.memberships = memberships;
        this.users = users;
    }

    /// The local member who lets the user in; nothing where the room is not restricted.
    /// `M_FORBIDDEN` where the user meets no condition, `M_UNABLE_TO_GRANT_JOIN` where they do and
    /// no local member may invite.
    Optional<UserId> authorisingUser(RoomRef room, long userNid) {
        var state = states.find(room, List.of(JOIN_RULES, POWER_LEVELS, CREATE));
        var joinRules = state.get(JOIN_RULES);
        if (joinRules == null || !isRestricted(room, joinRules)) {
            return Optional.empty();
        }
        var conditions = conditions(joinRules.pdu().content().path("allow"));
        boolean met =
                !conditions.isEmpty()
                        && memberships.at(userNid, NEWEST).stream()
                                .filter(of -> of.membership() == Membership.JOIN)
                                .anyMatch(of -> conditions.contains(of.roomId().value()));
        if (!met) {
            throw Members.forbidden(
                    "You are neither invited nor in a room whose members may join this one");
        }
        var create = state.get(CREATE);
        if (create == null) {
            throw new IllegalStateException("room_state: no m.room.create in " + room.roomId());
        }
        var levels =
                PowerLevels.of(
                        Optional.ofNullable(state.get(POWER_LEVELS)).map(StoredEvent::pdu),
                        create.pdu());
        return Optional.of(
                findInviter(room, levels)
                        .orElseThrow(() ->
                                new MatrixException(
                                        ErrorCode.M_UNABLE_TO_GRANT_JOIN,
                                        "Nobody on this server may let you into this room")));
    }

    private Optional<UserId> findInviter(RoomRef room, PowerLevels levels) {
        var joined = memberships.localJoined(room.roomNid());
        for (int from = 0; from < joined.length; from += CHUNK) {
            int to = Math.min(joined.length, from + CHUNK);
            var chunk = Arrays.stream(joined, from, to).boxed().toList();
            var inviter =
                    users.getAll(chunk).values().stream()
                            .filter(user -> levels.ofUser(user) >= levels.invite())
                            .min((a, b) -> a.value().compareTo(b.value()));
            if (inviter.isPresent()) {
                return inviter;
            }
        }
        return Optional.empty();
    }

    private static boolean isRestricted(RoomRef room, StoredEvent joinRules) {
        var rules = room.version().rules();
        var rule = joinRules.pdu().content().path("join_rule");
        if (!rule.isString()) {
            return false;
        }
        return switch (rule.stringValue()) {
            case "restricted" -> rules.restrictedJoins();
            case "knock_restricted" -> rules.knockRestrictedJoins();
            default -> false;
        };
    }

    private static Set<String> conditions(JsonNode allow) {
        var rooms = new HashSet<String>();
        for (int i = 0; allow.isArray() && i < Math.min(allow.size(), CONDITIONS_MAX); i++) {
            var condition = allow.path(i);
            var roomId = condition.path("room_id");
            if (condition.path("type").isString()
                    && condition.path("type").stringValue().equals("m.room_membership")
                    && roomId.isString()) {
                rooms.add(roomId.stringValue());
            }
        }
        return rooms;
    }
}
