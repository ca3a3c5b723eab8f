package dev.lares.client.oldsync;

import dev.lares.client.oldsync.OldSyncController.Messages;
import dev.lares.client.oldsync.OldSyncController.RoomInfo;
import dev.lares.client.oldsync.OldSyncController.StoredData;
import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.event.EventShape;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.json.RawJson;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.publicrooms.PublishedRooms;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.Place;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.TimelinePager;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelinePager.Page;
import dev.lares.core.room.TimelinePager.Stretch;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import dev.lares.core.state.StateSelection;
import dev.lares.core.web.Requester;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What a user sees of a room at a position: its last messages and its state, as they were when a
/// user who left it did so.
@Component
class RoomSnapshots {
    private final TimelineReader timelines;
    private final TimelinePager pager;
    private final EventReader events;
    private final BundledRendering bundled;
    private final EventRendering rendering;
    private final RoomStateReader states;
    private final AccountDataService accountData;
    private final PublishedRooms published;
    private final PositionTokens tokens;

    RoomSnapshots(
            TimelineReader timelines,
            TimelinePager pager,
            EventReader events,
            BundledRendering bundled,
            EventRendering rendering,
            RoomStateReader states,
            AccountDataService accountData,
            PublishedRooms published,
            PositionTokens tokens) {
        this.timelines = timelines;
        this.pager = pager;
        this.events = events;
        this.bundled = bundled;
        this.rendering = rendering;
        this.states = states;
        this.accountData = accountData;
        this.published = published;
        this.tokens = tokens;
    }

    /// @param messages most events of the timeline
    record Extent(Position at, int messages) {}

    RoomInfo of(
            Requester requester,
            ReadableRoom readable,
            Extent extent,
            Optional<Membership> membership) {
        var room = readable.room();
        var at = readable.until().orElse(extent.at());
        var state = states.findAt(room, at, StateSelection.whole());
        return new RoomInfo(
                room.roomId(),
                membership.filter(is -> is != Membership.KNOCK).map(Membership::value),
                Optional.empty(),
                Optional.of(messages(requester, room, at, extent.messages())),
                Optional.of(
                        RawJson.list(rendering.renderState(room, state, EventShape.WITH_ROOM_ID))),
                Optional.of(
                        switch (published.visibility(requester.domain(), room.roomId())) {
                            case PUBLIC -> "public";
                            case PRIVATE -> "private";
                        }),
                Optional.of(
                        accountData.ofRooms(requester.userNid(), List.of(room.roomNid())).stream()
                                .map(RoomSnapshots::data)
                                .toList()));
    }

    /// Nothing where the event is gone.
    Optional<RoomInfo> invitation(RoomRef room, RoomMembership invited) {
        return Optional.ofNullable(
                        events.find(room, List.of(invited.eventNid())).get(invited.eventNid()))
                .map(event ->
                        rendering
                                .renderState(room, List.of(event), EventShape.WITH_ROOM_ID)
                                .getFirst())
                .map(invite ->
                        new RoomInfo(
                                room.roomId(),
                                Optional.of(invited.membership().value()),
                                Optional.of(new RawJson(invite)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    static StoredData data(AccountDataRow row) {
        return new StoredData(
                row.type(), new RawJson(row.content().getBytes(StandardCharsets.UTF_8)));
    }

    /// About how much a room takes.
    static long sizeBytes(RoomInfo room) {
        return Stream.of(room.messages().map(Messages::chunk), room.state())
                .flatMap(Optional::stream)
                .flatMap(Collection::stream)
                .mapToLong(RawJson::sizeBytes)
                .sum();
    }

    private Messages messages(Requester requester, RoomRef room, Position at, int limit) {
        var viewer = Viewer.of(requester);
        var end = timelines.placeAt(room, at);
        var page =
                limit == 0
                        ? new Page(List.of(), Optional.of(end))
                        : pager.read(
                                room,
                                viewer,
                                new Stretch(Direction.BACKWARD, end, Place.START),
                                EventFilter.all(limit),
                                limit);
        var oldestFirst = page.events().reversed();
        return new Messages(
                page.next().map(place -> tokens.page(place.depth(), place.pos())),
                tokens.sync(at, 0, requester.deviceId()),
                RawJson.list(
                        bundled.render(room, viewer, oldestFirst, EventShape.WITH_ROOM_ID, at)));
    }
}
