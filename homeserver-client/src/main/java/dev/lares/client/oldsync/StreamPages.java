package dev.lares.client.oldsync;

import dev.lares.core.event.EventShape;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.json.RawJson;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.relations.BundledRendering;
import dev.lares.core.room.RoomAccesses.ReadableRoom;
import dev.lares.core.room.SeenEvent;
import dev.lares.core.room.TimelinePager;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelinePager.Stretch;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/// Pages of what happened in several rooms, in the order of the log.
@Component
class StreamPages {
    static final int PAGE_MAX = 100;

    private final TimelineReader timelines;
    private final TimelinePager pager;
    private final BundledRendering bundled;
    private final LastChanges changes;

    StreamPages(
            TimelineReader timelines,
            TimelinePager pager,
            BundledRendering bundled,
            LastChanges changes) {
        this.timelines = timelines;
        this.pager = pager;
        this.bundled = bundled;
        this.changes = changes;
    }

    /// The oldest of what happened in (since, to], as far as the viewer may see it.
    Page read(Viewer viewer, List<ReadableRoom> rooms, Position since, Position to) {
        var found = new ArrayList<Rendered>();
        long upTo = to.value();
        for (var readable : rooms) {
            if (!changes.roomChanged(readable.room().roomNid(), since)) {
                continue;
            }
            var page = page(readable, viewer, since, to);
            found.addAll(render(readable, viewer, page.events()));
            if (page.next().isPresent()) {
                // What comes behind is not read: nothing later of any room is told before it.
                upTo = Math.min(upTo, page.next().get().pos());
            }
        }
        found.sort(Comparator.comparingLong(Rendered::pos));
        long complete = Math.max(upTo, since.value());
        var told = found.stream().filter(event -> event.pos() <= complete).limit(PAGE_MAX).toList();
        boolean cut = told.size() == PAGE_MAX;
        return new Page(
                told.stream().map(Rendered::json).toList(),
                new Position(cut ? told.getLast().pos() : complete));
    }

    private TimelinePager.Page page(
            ReadableRoom readable, Viewer viewer, Position since, Position to) {
        var end = readable.until().filter(until -> to.isAfter(until)).orElse(to);
        return pager.read(
                readable.room(),
                viewer,
                new Stretch(
                        Direction.FORWARD,
                        timelines.placeAt(readable.room(), since),
                        timelines.placeAt(readable.room(), end)),
                EventFilter.all(PAGE_MAX),
                PAGE_MAX);
    }

    private List<Rendered> render(ReadableRoom readable, Viewer viewer, List<SeenEvent> events) {
        var json = bundled.render(readable, viewer, events, EventShape.WITH_ROOM_ID);
        var rendered = new ArrayList<Rendered>();
        for (int i = 0; i < events.size(); i++) {
            rendered.add(new Rendered(events.get(i).row().pos(), new RawJson(json.get(i))));
        }
        return rendered;
    }

    /// @param upTo all that happened up to here is told
    record Page(List<RawJson> events, Position upTo) {
        Page {
            events = List.copyOf(events);
        }
    }

    private record Rendered(long pos, RawJson json) {}
}
