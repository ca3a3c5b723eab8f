package dev.lares.client.search;

import dev.lares.client.search.SearchRequest.EventContext;
import dev.lares.client.search.SearchResponse.Context;
import dev.lares.client.search.SearchResponse.Profile;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventShape;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.json.RawJson;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.room.LazyMembers;
import dev.lares.core.room.Place;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.SeenEvent;
import dev.lares.core.room.Stretches;
import dev.lares.core.room.TimelinePager;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelinePager.Page;
import dev.lares.core.room.TimelinePager.Stretch;
import dev.lares.core.room.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// What was said around results.
@Component
class SearchContexts {
    private static final int LIMIT_DEFAULT = 5;
    private static final int LIMIT_MAX = 20;

    private final Stretches stretches;
    private final TimelinePager pager;
    private final BundledRendering rendering;
    private final LazyMembers members;
    private final PositionTokens tokens;

    SearchContexts(
            Stretches stretches,
            TimelinePager pager,
            BundledRendering rendering,
            LazyMembers members,
            PositionTokens tokens) {
        this.stretches = stretches;
        this.pager = pager;
        this.rendering = rendering;
        this.members = members;
        this.tokens = tokens;
    }

    /// `M_INVALID_PARAM` for a limit that is none.
    static void require(EventContext asked) {
        limit(asked.beforeLimit());
        limit(asked.afterLimit());
    }

    Context read(ReadableRoom readable, Viewer viewer, SeenEvent result, EventContext asked) {
        var place = result.row().place();
        var end = stretches.of(readable, Direction.FORWARD, Optional.empty(), Optional.empty());
        var before =
                page(
                        readable,
                        viewer,
                        new Stretch(Direction.BACKWARD, place.before(), Place.START),
                        limit(asked.beforeLimit()));
        var after =
                page(
                        readable,
                        viewer,
                        new Stretch(Direction.FORWARD, place, end.to()),
                        limit(asked.afterLimit()));
        return new Context(
                token(start(before, place)),
                token(end(after, place)),
                asked.includeProfile().orElse(false)
                        ? Optional.of(profiles(readable, before, result, after))
                        : Optional.empty(),
                render(readable, viewer, before),
                render(readable, viewer, after));
    }

    private Page page(ReadableRoom readable, Viewer viewer, Stretch stretch, int limit) {
        return limit == 0
                ? new Page(List.of(), Optional.of(stretch.from()))
                : pager.read(readable.room(), viewer, stretch, EventFilter.all(LIMIT_MAX), limit);
    }

    private List<RawJson> render(ReadableRoom readable, Viewer viewer, Page page) {
        return RawJson.list(
                rendering.render(readable, viewer, page.events(), EventShape.WITH_ROOM_ID));
    }

    /// Who the senders were before the first of the events.
    private Map<String, Profile> profiles(
            ReadableRoom readable, Page before, SeenEvent result, Page after) {
        var all = new ArrayList<SeenEvent>(before.events().reversed());
        all.add(result);
        all.addAll(after.events());
        var profiles = new TreeMap<String, Profile>();
        for (var member : members.find(readable.room(), all)) {
            var content = member.pdu().content();
            profiles.put(
                    member.pdu().stateKey().orElseThrow(),
                    new Profile(
                            text(content.path("displayname")), text(content.path("avatar_url"))));
        }
        return profiles;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static Place start(Page before, Place place) {
        return before.next()
                .orElseGet(() ->
                        before.events().isEmpty()
                                ? place.before()
                                : before.events().getLast().row().place().before());
    }

    private static Place end(Page after, Place place) {
        return after.next()
                .orElseGet(() ->
                        after.events().isEmpty() ? place : after.events().getLast().row().place());
    }

    private String token(Place place) {
        return tokens.page(place.depth(), place.pos());
    }

    private static int limit(Optional<Integer> asked) {
        int limit = asked.orElse(LIMIT_DEFAULT);
        if (limit < 0) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A limit is not negative");
        }
        return Math.min(limit, LIMIT_MAX);
    }
}
