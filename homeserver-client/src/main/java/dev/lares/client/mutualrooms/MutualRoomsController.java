package dev.lares.client.mutualrooms;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Mutual rooms](https://spec.matrix.org/v1.19/client-server-api/#mutual-rooms).
@RestController
class MutualRoomsController {
    private final MutualRoomsService mutualRooms;

    MutualRoomsController(MutualRoomsService mutualRooms) {
        this.mutualRooms = mutualRooms;
    }

    /// `GET /_matrix/client/v1/mutual_rooms`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mutual_rooms)): a
    /// hundred a page. `M_INVALID_PARAM` for oneself and for a token that is not ours.
    @SpecEndpoint(operationId = "getMutualRooms", auth = ACCESS_TOKEN, rateLimited = true)
    @GetMapping("/_matrix/client/v1/mutual_rooms")
    MutualRoomsResponse getMutualRooms(
            Requester requester,
            @RequestParam(name = "user_id") UserId userId,
            @RequestParam Optional<String> from) {
        var page = mutualRooms.find(requester, userId, from);
        return new MutualRoomsResponse(page.rooms(), page.count(), page.next());
    }

    record MutualRoomsResponse(List<RoomId> joined, int count, Optional<String> nextBatch) {}

    /// `GET /_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms`: the same, as clients
    /// called it before it was stable.
    @SpecEndpoint(
            operationId = "getMutualRooms",
            auth = ACCESS_TOKEN,
            rateLimited = true,
            msc = "MSC2666")
    @GetMapping("/_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms")
    UnstableMutualRoomsResponse getMutualRoomsUnstable(
            Requester requester,
            @RequestParam(name = "user_id") UserId userId,
            @RequestParam(name = "batch_token") Optional<String> from) {
        var page = mutualRooms.find(requester, userId, from);
        return new UnstableMutualRoomsResponse(page.rooms(), page.count(), page.next());
    }

    record UnstableMutualRoomsResponse(
            List<RoomId> joined, int count, Optional<String> nextBatchToken) {}
}
