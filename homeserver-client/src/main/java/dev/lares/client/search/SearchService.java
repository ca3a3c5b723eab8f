package dev.lares.client.search;

import dev.lares.client.search.SearchResponse.Categories;
import dev.lares.client.search.SearchResponse.Group;
import dev.lares.client.search.SearchResponse.Result;
import dev.lares.client.search.SearchResponse.RoomEvents;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventShape;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.filter.FilterParser;
import dev.lares.core.json.RawJson;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.Viewer;
import dev.lares.core.search.MessageSearch;
import dev.lares.core.search.MessageSearch.After;
import dev.lares.core.search.MessageSearch.Criteria;
import dev.lares.core.search.MessageSearch.Found;
import dev.lares.core.search.MessageSearch.Order;
import dev.lares.core.search.MessageSearch.Page;
import dev.lares.core.search.SearchKey;
import dev.lares.core.search.SearchTerm;
import dev.lares.core.state.StateSelection;
import dev.lares.core.web.Requester;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/// Answers searches.
@Service
class SearchService {
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 100;

    private final MessageSearch search;
    private final RoomAccesses accesses;
    private final BundledRendering bundled;
    private final EventRendering rendering;
    private final RoomStateReader states;
    private final SearchContexts contexts;

    SearchService(
            MessageSearch search,
            RoomAccesses accesses,
            BundledRendering bundled,
            EventRendering rendering,
            RoomStateReader states,
            SearchContexts contexts) {
        this.search = search;
        this.accesses = accesses;
        this.bundled = bundled;
        this.rendering = rendering;
        this.states = states;
        this.contexts = contexts;
    }

    /// `M_INVALID_PARAM` for a key, an order, a group, a limit or a token that is none,
    /// `M_BAD_JSON` for a filter that is none.
    SearchResponse find(Requester requester, SearchRequest request, Optional<String> nextBatch) {
        var asked = request.searchCategories().roomEvents();
        if (asked.isEmpty()) {
            return new SearchResponse(new Categories(Optional.empty()));
        }
        var viewer = Viewer.of(requester);
        var token = nextBatch.map(SearchToken::read);
        var found = find(viewer, asked.get(), token);
        return new SearchResponse(new Categories(Optional.of(found)));
    }

    private RoomEvents find(
            Viewer viewer, SearchRequest.RoomEvents asked, Optional<SearchToken> token) {
        var groups = groups(asked);
        asked.eventContext().ifPresent(SearchContexts::require);
        var criteria = criteria(asked, token);
        var page =
                search.find(viewer, criteria, token.map(SearchToken::after).orElse(After.NOTHING));
        var readable = readable(viewer, page.found());
        return new RoomEvents(
                page.count(),
                criteria.term().highlights(),
                results(viewer, asked, page.found(), readable),
                asked.includeState().orElse(false)
                        ? Optional.of(states(readable))
                        : Optional.empty(),
                groups.isEmpty() ? Optional.empty() : Optional.of(grouped(groups, page)),
                page.next().map(after -> next(after, token)));
    }

    private static List<GroupKey> groups(SearchRequest.RoomEvents asked) {
        return asked
                .groupings()
                .flatMap(SearchRequest.Groupings::groupBy)
                .orElse(List.of())
                .stream()
                .map(group -> GroupKey.of(group.key()))
                .distinct()
                .toList();
    }

    private static Criteria criteria(SearchRequest.RoomEvents asked, Optional<SearchToken> token) {
        var filter =
                asked.filter()
                        .map(json -> FilterParser.parseEvents(json, LIMIT_DEFAULT))
                        .orElseGet(() -> EventFilter.all(LIMIT_DEFAULT));
        for (var group : token.flatMap(SearchToken::key).stream().toList()) {
            filter = group.narrowed(filter, token.get().value());
        }
        var wanted = filter;
        Stream<SearchKey> keys =
                asked.keys()
                        .map(all -> all.stream().map(SearchKey::of))
                        .orElseGet(() -> Stream.of(SearchKey.values()));
        Set<SearchKey> ofTypes =
                keys.filter(key -> wanted.wantsType(key.eventType())).collect(Collectors.toSet());
        return new Criteria(
                SearchTerm.of(asked.searchTerm()),
                ofTypes,
                wanted,
                order(asked.orderBy().orElse("rank")),
                Math.clamp(wanted.limit(), 1, LIMIT_MAX));
    }

    private static Order order(String word) {
        return switch (word) {
            case "rank" -> Order.RANK;
            case "recent" -> Order.RECENT;
            default ->
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "'order_by' is rank or recent");
        };
    }

    private Map<RoomRef, ReadableRoom> readable(Viewer viewer, List<Found> found) {
        var readable = new LinkedHashMap<RoomRef, ReadableRoom>();
        for (var one : found) {
            readable.computeIfAbsent(
                    one.room(),
                    room -> new ReadableRoom(room, accesses.of(room, viewer.userNid())));
        }
        return readable;
    }

    private List<Result> results(
            Viewer viewer,
            SearchRequest.RoomEvents asked,
            List<Found> found,
            Map<RoomRef, ReadableRoom> readable) {
        var rendered = new HashMap<Long, RawJson>();
        readable.forEach((room, access) -> {
            var ofRoom = found.stream().filter(one -> one.room().equals(room)).toList();
            var json =
                    bundled.render(
                            access,
                            viewer,
                            ofRoom.stream().map(Found::event).toList(),
                            EventShape.WITH_ROOM_ID);
            for (int i = 0; i < json.size(); i++) {
                rendered.put(ofRoom.get(i).event().event().nid(), new RawJson(json.get(i)));
            }
        });
        var results = new ArrayList<Result>();
        for (var one : found) {
            var access = readable.get(one.room());
            var json = rendered.get(one.event().event().nid());
            if (access != null && json != null) {
                results.add(
                        new Result(
                                one.rank(),
                                json,
                                asked.eventContext()
                                        .map(context ->
                                                contexts.read(
                                                        access, viewer, one.event(), context))));
            }
        }
        return results;
    }

    /// The current state, or that at which the user left.
    private Map<String, List<RawJson>> states(Map<RoomRef, ReadableRoom> readable) {
        var states = new LinkedHashMap<String, List<RawJson>>();
        readable.forEach((room, access) -> {
            var events =
                    access.until()
                            .map(at -> this.states.findAt(room, at, StateSelection.whole()))
                            .orElseGet(() -> this.states.find(room, StateSelection.whole()));
            states.put(
                    room.roomId().value(),
                    RawJson.list(rendering.renderState(room, events, EventShape.WITH_ROOM_ID)));
        });
        return states;
    }

    private static Map<String, Map<String, Group>> grouped(List<GroupKey> keys, Page page) {
        var groups = new LinkedHashMap<String, Map<String, Group>>();
        for (var key : keys) {
            var byValue = new LinkedHashMap<String, List<Found>>();
            for (var one : page.found()) {
                byValue.computeIfAbsent(key.valueOf(one), missing -> new ArrayList<>()).add(one);
            }
            var ofKey = new LinkedHashMap<String, Group>();
            byValue.forEach((value, all) ->
                    ofKey.put(
                            value,
                            new Group(
                                    page.next()
                                            .map(after ->
                                                    new SearchToken(
                                                                    all.getLast().place(),
                                                                    Optional.of(key),
                                                                    value)
                                                            .text()),
                                    ofKey.size() + 1,
                                    all.stream()
                                            .map(one -> one.event().event().eventId().value())
                                            .toList())));
            groups.put(key.key(), ofKey);
        }
        return groups;
    }

    /// Goes on in the same group.
    private static String next(After after, Optional<SearchToken> token) {
        return token.map(one -> new SearchToken(after, one.key(), one.value()))
                .orElseGet(() -> SearchToken.of(after))
                .text();
    }
}
