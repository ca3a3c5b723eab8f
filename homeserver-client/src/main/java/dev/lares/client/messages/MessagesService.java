package dev.lares.client.messages;

import dev.lares.client.messages.MessagesController.MessagesResponse;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventShape;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.filter.EventFilter.MemberLoading;
import dev.lares.core.filter.FilterParser;
import dev.lares.core.id.RoomId;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import dev.lares.core.json.RawJson;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.LazyMembers;
import dev.lares.core.room.Place;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.Stretches;
import dev.lares.core.room.TimelinePager;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.Viewer;
import dev.lares.core.web.Requester;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Reads pages of timelines.
@Service
class MessagesService {
    private final RoomAccesses accesses;
    private final Stretches stretches;
    private final TimelinePager pager;
    private final BundledRendering bundled;
    private final EventRendering rendering;
    private final LazyMembers lazyMembers;
    private final PositionTokens tokens;

    MessagesService(
            RoomAccesses accesses,
            Stretches stretches,
            TimelinePager pager,
            BundledRendering bundled,
            EventRendering rendering,
            LazyMembers lazyMembers,
            PositionTokens tokens) {
        this.accesses = accesses;
        this.stretches = stretches;
        this.pager = pager;
        this.bundled = bundled;
        this.rendering = rendering;
        this.lazyMembers = lazyMembers;
        this.tokens = tokens;
    }

    /// `M_FORBIDDEN` where the user may not read the room, `M_INVALID_PARAM` for a token that is
    /// none of ours, a direction that is none and a negative limit, `M_BAD_JSON` and `M_NOT_JSON`
    /// for a filter that is none.
    MessagesResponse read(Requester requester, RoomId roomId, Request request) {
        var direction = Direction.of(request.dir());
        int limit = limit(request.limit());
        var filter = filter(request.filter());
        var from = request.from().map(token -> tokens.read(token, requester.deviceId()));
        var to = request.to().map(token -> tokens.read(token, requester.deviceId()));
        var readable = accesses.require(roomId, requester.userNid());
        var room = readable.room();
        var stretch = stretches.of(readable, direction, from, to);
        var viewer = Viewer.of(requester);
        var page = pager.read(room, viewer, stretch, filter, limit);
        return new MessagesResponse(
                request.from().orElseGet(() -> token(stretch.from())),
                page.next().map(this::token),
                RawJson.list(
                        bundled.render(readable, viewer, page.events(), EventShape.WITH_ROOM_ID)),
                state(room, page, filter));
    }

    private Optional<List<RawJson>> state(
            RoomRef room, TimelinePager.Page page, EventFilter filter) {
        if (filter.members() == MemberLoading.ALL || page.events().isEmpty()) {
            return Optional.empty();
        }
        var members = lazyMembers.find(room, page.events());
        return Optional.of(
                RawJson.list(rendering.renderState(room, members, EventShape.WITH_ROOM_ID)));
    }

    private String token(Place place) {
        return tokens.page(place.depth(), place.pos());
    }

    private static int limit(int asked) {
        if (asked < 0) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'limit' is not negative");
        }
        // A page without events would send clients round in circles.
        return Math.clamp(asked, 1, EventFilter.LIMIT_MAX);
    }

    private static EventFilter filter(Optional<String> json) {
        return json.map(text ->
                        JsonText.parseObject(
                                text.getBytes(StandardCharsets.UTF_8), JsonRules.STRICT))
                .map(object -> FilterParser.parseEvents(object, EventFilter.LIMIT_MAX))
                .orElseGet(() -> EventFilter.all(EventFilter.LIMIT_MAX));
    }

    /// The parameters as they came.
    record Request(
            String dir,
            Optional<String> from,
            Optional<String> to,
            int limit,
            Optional<String> filter) {}
}
