package dev.lares.client.threads;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.id.RoomId;
import dev.lares.core.json.RawJson;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Threads](https://spec.matrix.org/v1.19/client-server-api/#querying-threads-in-a-room) of a
/// room.
@RestController
class ThreadsController {
    private final ThreadsService threads;

    ThreadsController(ThreadsService threads) {
        this.threads = threads;
    }

    /// `GET /_matrix/client/v1/rooms/{roomId}/threads`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidthreads)):
    /// at most 100 roots a page, the thread with the newest reply first; fewer may come with a
    /// `next_batch` to go on from.
    @SpecEndpoint(operationId = "getThreadRoots", auth = GUEST_TOKEN, rateLimited = true)
    @GetMapping("/_matrix/client/v1/rooms/{roomId}/threads")
    ThreadsResponse getThreadRoots(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam(defaultValue = "all") String include,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam Optional<String> from) {
        return threads.read(requester, roomId, include, limit, from);
    }

    /// The path of [MSC3856](https://github.com/matrix-org/matrix-spec-proposals/pull/3856), as
    /// above.
    @SpecEndpoint(
            operationId = "getThreadRoots",
            auth = GUEST_TOKEN,
            rateLimited = true,
            msc = "MSC3856")
    @GetMapping("/_matrix/client/unstable/org.matrix.msc3856/rooms/{roomId}/threads")
    ThreadsResponse getThreadRootsUnstable(
            Requester requester,
            @PathVariable RoomId roomId,
            @RequestParam(defaultValue = "all") String include,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam Optional<String> from) {
        return threads.read(requester, roomId, include, limit, from);
    }

    record ThreadsResponse(List<RawJson> chunk, Optional<String> nextBatch) {}
}
