package dev.lares.core.participation;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.RoomRef;
import dev.lares.core.web.Requester;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes of membership that come as state events ([`PUT
/// …/state/m.room.member/{userId}`](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey)):
/// with the same checks as through the endpoints of their own, and with whatever else the content
/// holds.
@Service
public class MemberStateService {
    private final Members members;
    private final JoiningService joining;
    private final InvitingService inviting;

    MemberStateService(Members members, JoiningService joining, InvitingService inviting) {
        this.members = members;
        this.joining = joining;
        this.inviting = inviting;
    }

    /// `M_BAD_JSON` for content that is no membership, else as the endpoint of that membership.
    ///
    /// @param stateKey the ID of the user whose membership changes
    /// @param content taken over
    public EventId put(Requester requester, RoomRef room, String stateKey, ObjectNode content) {
        var target = new UserId(stateKey);
        var membership =
                Optional.ofNullable(content.get("membership"))
                        .filter(JsonNode::isString)
                        .flatMap(node -> Membership.find(node.stringValue()))
                        .orElseThrow(() ->
                                new MatrixException(
                                        ErrorCode.M_BAD_JSON,
                                        "'membership' is join, invite, knock, leave or ban"));
        boolean self = target.equals(requester.userId());
        var now = members.find(room, target);
        if (membership == Membership.JOIN && self) {
            return joining.join(requester, room, now, content);
        }
        if (membership == Membership.KNOCK && self) {
            return joining.knock(requester, room, now, content);
        }
        if (membership == Membership.INVITE && !self) {
            members.requireJoined(room, requester.userId());
            return inviting.invite(requester, room, target, now, content);
        }
        // The rest, and what nobody may do, is for the authorization rules to judge.
        return members.send(room, requester.userId(), target, membership, content);
    }
}
