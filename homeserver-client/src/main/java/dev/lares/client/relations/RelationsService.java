package dev.lares.client.relations;

import dev.lares.client.relations.RelationsController.RelationsResponse;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventShape;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.json.RawJson;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.relations.RelationFilter;
import dev.lares.core.relations.RelationPager;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.RoomAccess;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.Stretches;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Reads which events relate to one.
@Service
class RelationsService {
    private static final int LIMIT_MAX = 100;

    private final RoomRefs rooms;
    private final RoomAccesses accesses;
    private final TimelineReader timelines;
    private final EventVisibility visibility;
    private final Stretches stretches;
    private final RelationPager pager;
    private final BundledRendering rendering;
    private final PositionTokens tokens;

    RelationsService(
            RoomRefs rooms,
            RoomAccesses accesses,
            TimelineReader timelines,
            EventVisibility visibility,
            Stretches stretches,
            RelationPager pager,
            BundledRendering rendering,
            PositionTokens tokens) {
        this.rooms = rooms;
        this.accesses = accesses;
        this.timelines = timelines;
        this.visibility = visibility;
        this.stretches = stretches;
        this.pager = pager;
        this.rendering = rendering;
        this.tokens = tokens;
    }

    /// The parameters as they came.
    record Request(
            String dir,
            Optional<String> from,
            Optional<String> to,
            int limit,
            Optional<Boolean> recurse) {
        int depth() {
            return recurse.orElse(false) ? RelationPager.DEPTH_MAX : 1;
        }
    }

    /// `M_NOT_FOUND` where the parent is not there or not for the user, `M_INVALID_PARAM` for a
    /// token that is none of ours, a direction that is none and a negative limit.
    RelationsResponse read(
            Requester requester,
            RoomId roomId,
            EventId parent,
            RelationFilter filter,
            Request request) {
        var direction = Direction.of(request.dir());
        int limit = limit(request.limit());
        var from = request.from().map(token -> tokens.read(token, requester.deviceId()));
        var to = request.to().map(token -> tokens.read(token, requester.deviceId()));
        var viewer = Viewer.of(requester);
        var readable = readable(roomId, viewer, parent);
        var page =
                pager.read(
                        readable.room(),
                        viewer,
                        new RelationPager.Request(
                                parent,
                                filter,
                                request.depth(),
                                stretches.of(readable, direction, from, to),
                                limit));
        return new RelationsResponse(
                RawJson.list(
                        rendering.render(readable, viewer, page.events(), EventShape.WITH_ROOM_ID)),
                page.next().map(place -> tokens.page(place.depth(), place.pos())),
                request.from(),
                request.recurse().map(asked -> request.depth()));
    }

    /// The room, where the user may see the parent in it.
    private ReadableRoom readable(RoomId roomId, Viewer viewer, EventId parent) {
        var room = rooms.find(roomId).orElseThrow(RelationsService::notFound);
        var access = accesses.of(room, viewer.userNid());
        if (access instanceof RoomAccess.Stranger) {
            throw notFound();
        }
        var row = timelines.find(room, parent).orElseThrow(RelationsService::notFound);
        if (visibility.filter(room, viewer, List.of(row)).isEmpty()) {
            throw notFound();
        }
        return new ReadableRoom(room, access);
    }

    private static int limit(int asked) {
        if (asked < 0) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'limit' is not negative");
        }
        // A page without events would send clients round in circles.
        return Math.clamp(asked, 1, LIMIT_MAX);
    }

    private static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "Event not found");
    }
}
