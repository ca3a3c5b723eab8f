package dev.lares.client.threads;

import dev.lares.client.threads.ThreadsController.ThreadsResponse;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventShape;
import dev.lares.core.id.RoomId;
import dev.lares.core.json.RawJson;
import dev.lares.core.log.Position;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.relations.ThreadPager;
import dev.lares.core.relations.ThreadPager.Include;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.Stretches;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.Viewer;
import dev.lares.core.web.Requester;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Lists the threads of rooms.
@Service
class ThreadsService {
    private static final int LIMIT_MAX = 100;
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final RoomAccesses accesses;
    private final Stretches stretches;
    private final ThreadPager pager;
    private final BundledRendering rendering;
    private final PositionTokens tokens;

    ThreadsService(
            RoomAccesses accesses,
            Stretches stretches,
            ThreadPager pager,
            BundledRendering rendering,
            PositionTokens tokens) {
        this.accesses = accesses;
        this.stretches = stretches;
        this.pager = pager;
        this.rendering = rendering;
        this.tokens = tokens;
    }

    /// `M_FORBIDDEN` where the user may not read the room, `M_INVALID_PARAM` for a token that is
    /// none of ours, a limit below 1 and a word for `include` that is none.
    ThreadsResponse read(
            Requester requester, RoomId roomId, String include, int limit, Optional<String> from) {
        var wanted = include(include);
        if (limit < 1) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'limit' is greater than zero");
        }
        var token = from.map(text -> tokens.read(text, requester.deviceId()));
        var readable = accesses.require(roomId, requester.userNid());
        var viewer = Viewer.of(requester);
        var stretch = stretches.of(readable, Direction.BACKWARD, token, Optional.empty());
        var page =
                pager.read(
                        readable.room(),
                        viewer,
                        wanted,
                        stretch.from(),
                        readable.until().orElse(NEWEST),
                        Math.min(limit, LIMIT_MAX));
        return new ThreadsResponse(
                RawJson.list(
                        rendering.render(readable, viewer, page.events(), EventShape.WITH_ROOM_ID)),
                page.next().map(place -> tokens.page(place.depth(), place.pos())));
    }

    private static Include include(String word) {
        return switch (word) {
            case "all" -> Include.ALL;
            case "participated" -> Include.PARTICIPATED;
            default ->
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "'include' is all or participated");
        };
    }
}
