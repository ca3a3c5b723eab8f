package dev.lares.client.eventcontext;

import dev.lares.client.eventcontext.EventContextController.EventContextResponse;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventShape;
import dev.lares.core.event.StateKey;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.filter.EventFilter.MemberLoading;
import dev.lares.core.filter.FilterParser;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import dev.lares.core.json.RawJson;
import dev.lares.core.log.Position;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.Place;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.SeenEvent;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelinePager;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelinePager.Page;
import dev.lares.core.room.TimelinePager.Stretch;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import dev.lares.core.state.StateSelection;
import dev.lares.core.web.Requester;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Reads what happened around an event.
@Service
class EventContextService {
    private static final String MEMBER = "m.room.member";
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final RoomAccesses accesses;
    private final TimelineReader timelines;
    private final TimelinePager pager;
    private final EventVisibility visibility;
    private final BundledRendering bundled;
    private final EventRendering rendering;
    private final RoomStateReader states;
    private final PositionTokens tokens;

    EventContextService(
            RoomAccesses accesses,
            TimelineReader timelines,
            TimelinePager pager,
            EventVisibility visibility,
            BundledRendering bundled,
            EventRendering rendering,
            RoomStateReader states,
            PositionTokens tokens) {
        this.accesses = accesses;
        this.timelines = timelines;
        this.pager = pager;
        this.visibility = visibility;
        this.bundled = bundled;
        this.rendering = rendering;
        this.states = states;
        this.tokens = tokens;
    }

    EventContextResponse read(
            Requester requester,
            RoomId roomId,
            EventId eventId,
            int askedLimit,
            Optional<String> filterJson) {
        int limit = limit(askedLimit);
        var filter = filter(filterJson);
        var readable = accesses.require(roomId, requester.userNid());
        var room = readable.room();
        var viewer = Viewer.of(requester);
        var event =
                timelines
                        .find(room, eventId)
                        .map(row -> visibility.filter(room, viewer, List.of(row)))
                        .flatMap(seen -> seen.stream().findFirst())
                        .orElseThrow(() ->
                                new MatrixException(ErrorCode.M_NOT_FOUND, "Event not found"));
        var place = event.row().place();
        var before = before(room, viewer, place, filter, limit / 2);
        var after = after(readable, viewer, place, filter, limit - limit / 2);
        var all = new ArrayList<SeenEvent>(before.events());
        all.add(event);
        all.addAll(after.events());
        return new EventContextResponse(
                token(start(before, place)),
                token(end(after, place)),
                render(readable, viewer, before.events()),
                render(readable, viewer, List.of(event)).getFirst(),
                render(readable, viewer, after.events()),
                RawJson.list(
                        rendering.renderState(
                                room, state(room, all, filter), EventShape.WITH_ROOM_ID)));
    }

    private List<RawJson> render(ReadableRoom readable, Viewer viewer, List<SeenEvent> events) {
        return RawJson.list(bundled.render(readable, viewer, events, EventShape.WITH_ROOM_ID));
    }

    private Page before(RoomRef room, Viewer viewer, Place place, EventFilter filter, int limit) {
        return limit == 0
                ? new Page(List.of(), Optional.of(place.before()))
                : pager.read(
                        room,
                        viewer,
                        new Stretch(Direction.BACKWARD, place.before(), Place.START),
                        filter,
                        limit);
    }

    private Page after(
            ReadableRoom readable, Viewer viewer, Place place, EventFilter filter, int limit) {
        // Nothing that came after somebody left is for them.
        var end = timelines.placeAt(readable.room(), readable.until().orElse(NEWEST));
        return limit == 0
                ? new Page(List.of(), Optional.of(place))
                : pager.read(
                        readable.room(),
                        viewer,
                        new Stretch(Direction.FORWARD, place, end),
                        filter,
                        limit);
    }

    /// Where `/messages` goes on backwards. At the first event, the place before it: a page from
    /// there is empty and says so.
    private static Place start(Page before, Place place) {
        return before.next()
                .orElseGet(() ->
                        before.events().isEmpty()
                                ? place.before()
                                : before.events().getLast().row().place().before());
    }

    /// Where `/messages` goes on forwards, for what will come.
    private static Place end(Page after, Place place) {
        return after.next()
                .orElseGet(() ->
                        after.events().isEmpty() ? place : after.events().getLast().row().place());
    }

    /// The state at the last event returned, its own change included.
    private List<StoredEvent> state(RoomRef room, List<SeenEvent> all, EventFilter filter) {
        var last = all.getLast().event();
        var states =
                new ArrayList<>(
                        this.states.findBefore(
                                room,
                                last,
                                filter.members() == MemberLoading.ALL
                                        ? StateSelection.whole()
                                        : StateSelection.withoutMembers()));
        if (filter.members() != MemberLoading.ALL) {
            states.addAll(this.states.findBefore(room, last, senders(all)));
        }
        if (last.pdu().isState()) {
            states.removeIf(state -> sameKey(state, last));
            states.add(last);
        }
        return states.stream()
                .filter(state -> filter.wants(state.pdu().type(), state.pdu().sender().value()))
                .toList();
    }

    private static StateSelection senders(List<SeenEvent> all) {
        Set<StateKey> keys =
                all.stream()
                        .map(seen -> new StateKey(MEMBER, seen.event().pdu().sender().value()))
                        .collect(Collectors.toSet());
        return new StateSelection.Keys(keys);
    }

    private static boolean sameKey(StoredEvent a, StoredEvent b) {
        return a.pdu().type().equals(b.pdu().type())
                && a.pdu().stateKey().equals(b.pdu().stateKey());
    }

    private String token(Place place) {
        return tokens.page(place.depth(), place.pos());
    }

    private static int limit(int asked) {
        if (asked < 0) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'limit' is not negative");
        }
        return Math.min(asked, EventFilter.LIMIT_MAX);
    }

    private static EventFilter filter(Optional<String> json) {
        return json.map(text ->
                        JsonText.parseObject(
                                text.getBytes(StandardCharsets.UTF_8), JsonRules.STRICT))
                .map(object -> FilterParser.parseEvents(object, EventFilter.LIMIT_MAX))
                .orElseGet(() -> EventFilter.all(EventFilter.LIMIT_MAX));
    }
}
