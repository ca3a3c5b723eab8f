package dev.lares.client.createroom;

import dev.lares.client.createroom.CreateRoomRequest.Preset;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import java.util.Collection;
import java.util.LinkedHashSet;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The content of the
/// [`m.room.create`](https://spec.matrix.org/v1.19/client-server-api/#mroomcreate) of a new room.
final class CreationContent {
    private static final String ADDITIONAL_CREATORS = "additional_creators";

    private CreationContent() {}

    static ObjectNode of(UserId creator, RoomVersion version, CreateRoomRequest request) {
        var content =
                request.creationContent()
                        .map(ObjectNode::deepCopy)
                        .orElseGet(JsonNodeFactory.instance::objectNode);
        // What the server says, whatever the client does.
        content.remove("creator");
        if (version.rules().creatorInContent()) {
            content.put("creator", creator.value());
        }
        content.put("room_version", version.id());
        if (version.rules().privilegedCreators()) {
            var additional = additionalCreators(creator, request);
            content.remove(ADDITIONAL_CREATORS);
            if (!additional.isEmpty()) {
                var list = content.putArray(ADDITIONAL_CREATORS);
                additional.forEach(list::add);
            }
        }
        return content;
    }

    /// Who shares the creator's power from room version 12 on; the creator is not among them.
    /// `M_BAD_JSON` where the client's list is none of user IDs.
    static Collection<String> additionalCreators(UserId creator, CreateRoomRequest request) {
        var additional = new LinkedHashSet<String>();
        request.creationContent()
                .map(content -> content.get(ADDITIONAL_CREATORS))
                .ifPresent(list -> {
                    if (!list.isArray()) {
                        throw bad();
                    }
                    for (var user : list) {
                        if (!user.isString()) {
                            throw bad();
                        }
                        additional.add(new UserId(user.stringValue()).value());
                    }
                });
        if (request.effectivePreset() == Preset.TRUSTED_PRIVATE_CHAT) {
            request.invitees().forEach(invitee -> additional.add(invitee.value()));
        }
        additional.remove(creator.value());
        return additional;
    }

    private static MatrixException bad() {
        return new MatrixException(
                ErrorCode.M_BAD_JSON, "'additional_creators' is a list of user IDs");
    }
}
