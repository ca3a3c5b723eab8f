package dev.lares.client.userdirectory;

import dev.lares.client.userdirectory.OpenRoomRepository.Openness;
import dev.lares.core.account.AccountService;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.UserId;
import dev.lares.core.profile.ProfileService;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Writes what the user directory searches, from what is so now: it may be repeated at any time.
@Component
class UserDirectoryIndex {
    private static final StateKey JOIN_RULES = new StateKey("m.room.join_rules", "");
    private static final StateKey VISIBILITY = new StateKey("m.room.history_visibility", "");

    private final UserDirectoryRepository users;
    private final OpenRoomRepository openRooms;
    private final AccountService accounts;
    private final ProfileService profiles;
    private final RoomRefs rooms;
    private final RoomStateReader states;

    UserDirectoryIndex(
            UserDirectoryRepository users,
            OpenRoomRepository openRooms,
            AccountService accounts,
            ProfileService profiles,
            RoomRefs rooms,
            RoomStateReader states) {
        this.users = users;
        this.openRooms = openRooms;
        this.accounts = accounts;
        this.profiles = profiles;
        this.rooms = rooms;
        this.states = states;
    }

    void indexUser(long userNid) {
        var account = accounts.find(userNid);
        if (account.isEmpty()) {
            return;
        }
        if (account.get().deactivated() || account.get().guest()) {
            users.delete(userNid);
        } else {
            put(userNid, account.get().userId());
        }
    }

    private void put(long userNid, UserId userId) {
        var profile = profiles.get(userId);
        var name = text(profile, "displayname");
        users.put(userNid, name, text(profile, "avatar_url"), DirectoryWords.of(userId, name));
    }

    void indexRooms(Collection<Long> roomNids) {
        for (var room : rooms.findAll(roomNids)) {
            openRooms.put(room.roomNid(), openness(room));
        }
    }

    private Openness openness(RoomRef room) {
        var state = states.find(room, List.of(JOIN_RULES, VISIBILITY));
        boolean open =
                says(state.get(JOIN_RULES), "join_rule", "public")
                        || says(state.get(VISIBILITY), "history_visibility", "world_readable");
        return open ? Openness.OPEN : Openness.CLOSED;
    }

    private static boolean says(@Nullable StoredEvent event, String member, String value) {
        return event != null && text(event.pdu().content(), member).equals(Optional.of(value));
    }

    private static Optional<String> text(ObjectNode object, String member) {
        return Optional.ofNullable(object.get(member))
                .filter(node -> node.isString())
                .map(node -> node.stringValue())
                .filter(value -> value.indexOf('\0') < 0);
    }
}
