package dev.lares.client.sync;

import dev.lares.core.event.EventFields;
import dev.lares.core.event.EventShape;
import dev.lares.core.filter.Filter;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.Place;
import dev.lares.core.room.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Writes the timeline and the state of a room, whatever the user is in it.
@Component
class RoomEvents {
    private final BundledRendering bundled;
    private final EventRendering rendering;
    private final PositionTokens tokens;

    RoomEvents(BundledRendering bundled, EventRendering rendering, PositionTokens tokens) {
        this.bundled = bundled;
        this.rendering = rendering;
        this.tokens = tokens;
    }

    List<byte[]> timeline(RoomPlan plan, TimelineWindow window, SyncContext context) {
        return fields(
                bundled.render(
                        plan.room(),
                        context.viewer(),
                        window.events(),
                        shape(context.filter()),
                        plan.to()),
                context.filter());
    }

    List<byte[]> state(RoomPlan plan, List<StoredEvent> states, SyncContext context) {
        return fields(
                rendering.renderState(plan.room(), states, shape(context.filter())),
                context.filter());
    }

    /// The members `timeline` and `state` or `state_after`.
    void write(
            JsonBuffer json,
            Ends ends,
            List<byte[]> timeline,
            List<byte[]> state,
            SyncContext context) {
        json.name("timeline").openObject();
        json.name("events").openArray();
        timeline.forEach(json::raw);
        json.closeArray();
        json.name("limited").literal(ends.limited());
        ends.before()
                .ifPresent(place ->
                        json.name("prev_batch").string(tokens.page(place.depth(), place.pos())));
        json.closeObject();
        json.name(context.request().state().member()).openObject().name("events").openArray();
        state.forEach(json::raw);
        json.closeArray().closeObject();
    }

    private static EventShape shape(Filter filter) {
        return switch (filter.eventFormat()) {
            case CLIENT -> EventShape.WITHOUT_ROOM_ID;
            case FEDERATION -> EventShape.FEDERATION;
        };
    }

    /// What the filter leaves of events.
    static List<byte[]> fields(List<byte[]> events, Filter filter) {
        var fields = filter.eventFields().map(EventFields::of);
        return fields.isEmpty() ? events : events.stream().map(fields.get()::apply).toList();
    }

    /// @param limited whether events are left out before the first
    /// @param before the place from which older events can be had
    record Ends(boolean limited, Optional<Place> before) {
        static Ends of(TimelineWindow window) {
            return new Ends(window.limited(), window.before());
        }
    }
}
