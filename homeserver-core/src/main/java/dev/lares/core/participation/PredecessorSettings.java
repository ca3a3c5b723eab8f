package dev.lares.core.participation;

import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.StreamRow;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a user has set for a room and takes along to the one that replaces it ([room
/// upgrades](https://spec.matrix.org/v1.19/client-server-api/#room-upgrades)): tags, and that it is
/// a direct chat. In the same append as the join, so that a sync that shows the room shows them.
@Component
public class PredecessorSettings {
    private static final String TAGS = "m.tag";
    private static final String DIRECT = "m.direct";

    private final AccountDataService accountData;
    private final RoomStateReader states;
    private final RoomRefs rooms;

    PredecessorSettings(AccountDataService accountData, RoomStateReader states, RoomRefs rooms) {
        this.accountData = accountData;
        this.states = states;
        this.rooms = rooms;
    }

    /// For a user who joins: nothing where the room replaces none that we know.
    List<StreamRow> rows(long userNid, RoomRef room) {
        return states.find(room, "m.room.create", "")
                .map(create -> create.pdu().content().path("predecessor").path("room_id"))
                .filter(id -> id.isString())
                .flatMap(id -> find(id.stringValue()))
                .map(old -> rows(userNid, old, room))
                .orElse(List.of());
    }

    /// What is copied from the old room to the new one; what is set there already stays.
    public List<StreamRow> rows(long userNid, RoomRef old, RoomRef replacement) {
        var rows = new ArrayList<StreamRow>();
        if (accountData.find(userNid, replacement.roomNid(), TAGS).isEmpty()) {
            accountData
                    .find(userNid, old.roomNid(), TAGS)
                    .filter(tags -> !tags.path("tags").isEmpty())
                    .map(tags -> AccountDataService.row(userNid, replacement.roomNid(), TAGS, tags))
                    .ifPresent(rows::add);
        }
        accountData
                .find(userNid, AccountDataService.GLOBAL, DIRECT)
                .filter(direct -> addBeside(direct, old.roomId(), replacement.roomId()))
                .map(direct ->
                        AccountDataService.row(userNid, AccountDataService.GLOBAL, DIRECT, direct))
                .ifPresent(rows::add);
        return rows;
    }

    /// Whether anything was added.
    private static boolean addBeside(ObjectNode direct, RoomId old, RoomId replacement) {
        boolean added = false;
        for (var list : direct) {
            if (list instanceof ArrayNode ids
                    && contains(ids, old)
                    && !contains(ids, replacement)) {
                ids.add(replacement.value());
                added = true;
            }
        }
        return added;
    }

    private static boolean contains(ArrayNode ids, RoomId roomId) {
        return ids.valueStream()
                .anyMatch(id -> id.isString() && id.stringValue().equals(roomId.value()));
    }

    private Optional<RoomRef> find(String roomId) {
        try {
            return rooms.find(new RoomId(roomId));
        } catch (MatrixException e) {
            return Optional.empty(); // a create event may name anything
        }
    }
}
