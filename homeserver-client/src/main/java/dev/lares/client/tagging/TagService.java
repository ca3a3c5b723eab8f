package dev.lares.client.tagging;

import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRefs;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes `m.tag`. Two requests of one user at the same moment may lose one of two tags,
/// as the whole set is one value; tags are set by hand, so that this does not happen in practice.
@Service
class TagService {
    private static final String TYPE = "m.tag";
    private static final int NAME_MAX_BYTES = 255;

    private final AccountDataService accountData;
    private final RoomRefs rooms;
    private final UserRooms memberships;

    TagService(AccountDataService accountData, RoomRefs rooms, UserRooms memberships) {
        this.accountData = accountData;
        this.rooms = rooms;
        this.memberships = memberships;
    }

    ObjectNode find(long userNid, RoomId roomId) {
        return tags(userNid, roomNid(userNid, roomId));
    }

    void set(long userNid, RoomId roomId, String tag, ObjectNode content) {
        if (tag.isEmpty() || tag.getBytes(StandardCharsets.UTF_8).length > NAME_MAX_BYTES) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A tag has between 1 and 255 bytes");
        }
        var order = content.get("order");
        if (order != null
                && (!order.isNumber() || order.doubleValue() < 0 || order.doubleValue() > 1)) {
            throw new MatrixException(
                    ErrorCode.M_BAD_JSON, "'order' of a tag is a number between 0 and 1");
        }
        long roomNid = roomNid(userNid, roomId);
        var tags = tags(userNid, roomNid);
        tags.set(tag, content);
        put(userNid, roomNid, tags);
    }

    void remove(long userNid, RoomId roomId, String tag) {
        long roomNid = roomNid(userNid, roomId);
        var tags = tags(userNid, roomNid);
        if (tags.remove(tag) != null) {
            put(userNid, roomNid, tags);
        }
    }

    private ObjectNode tags(long userNid, long roomNid) {
        return accountData
                .find(userNid, roomNid, TYPE)
                .map(content -> content.get("tags"))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private void put(long userNid, long roomNid, ObjectNode tags) {
        var content = JsonNodeFactory.instance.objectNode();
        content.set("tags", tags);
        accountData.put(userNid, roomNid, TYPE, content);
    }

    private long roomNid(long userNid, RoomId roomId) {
        var room = rooms.get(roomId);
        memberships.requireKnown(userNid, room.roomNid());
        return room.roomNid();
    }
}
