package dev.lares.client.sync;

import dev.lares.core.filter.Filter;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.RoomIds;
import dev.lares.core.room.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Writes the timeline and the state of a room, whatever the user is in it.
@Component
class RoomEvents {
    private final EventRendering rendering;
    private final PaginationPlaces places;

    RoomEvents(EventRendering rendering, PaginationPlaces places) {
        this.rendering = rendering;
        this.places = places;
    }

    List<byte[]> timeline(RoomPlan plan, TimelineWindow window, SyncContext context) {
        return switch (context.filter().eventFormat()) {
            case CLIENT ->
                    bytes(
                            rendering.render(
                                    plan.room(),
                                    context.viewer(),
                                    window.events(),
                                    RoomIds.LEAVE_OUT),
                            context.filter());
            case FEDERATION ->
                    window.events().stream()
                            .map(seen -> seen.event().pdu().json().bytes())
                            .toList();
        };
    }

    List<byte[]> state(RoomPlan plan, List<StoredEvent> states, SyncContext context) {
        return switch (context.filter().eventFormat()) {
            case CLIENT ->
                    bytes(
                            rendering.renderState(plan.room(), states, RoomIds.LEAVE_OUT),
                            context.filter());
            case FEDERATION -> states.stream().map(state -> state.pdu().json().bytes()).toList();
        };
    }

    /// The members `timeline` and `state` or `state_after`.
    void write(
            JsonBuffer json,
            TimelineWindow window,
            List<byte[]> timeline,
            List<byte[]> state,
            SyncContext context) {
        json.name("timeline").openObject();
        json.name("events").openArray();
        timeline.forEach(json::raw);
        json.closeArray();
        json.name("limited").literal(window.limited());
        window.before().ifPresent(place -> json.name("prev_batch").string(places.token(place)));
        json.closeObject();
        json.name(context.request().state().member()).openObject().name("events").openArray();
        state.forEach(json::raw);
        json.closeArray().closeObject();
    }

    private static List<byte[]> bytes(List<ObjectNode> events, Filter filter) {
        return events.stream()
                .map(event ->
                        filter.eventFields()
                                .map(fields -> EventFields.keep(event, fields))
                                .orElse(event))
                .map(event -> event.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
