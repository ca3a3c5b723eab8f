package dev.lares.core.room;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.filter.EventFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Pages of a timeline as a user may see it: what a filter and the history visibility leave of it.
@Service
public class TimelinePager {
    /// Rows that one look reads.
    private static final int LOOK_ROWS = 200;

    /// How many looks one page gets: where a user may see next to nothing, or a filter lets next to
    /// nothing pass, a page is short and names the place to go on from.
    private static final int LOOKS_MAX = 10;

    /// What the events of one page may weigh together before it ends.
    private static final long PAGE_BYTES_MAX = 8L << 20;

    private final TimelineReader timelines;
    private final EventVisibility visibility;
    private final Relations relations;

    TimelinePager(TimelineReader timelines, EventVisibility visibility, Relations relations) {
        this.timelines = timelines;
        this.visibility = visibility;
        this.relations = relations;
    }

    /// Reads one page.
    ///
    /// @param limit most events of the page
    public Page read(RoomRef room, Viewer viewer, Stretch stretch, EventFilter filter, int limit) {
        if (!filter.wantsRoom(room.roomId().value())) {
            return new Page(List.of(), Optional.empty());
        }
        var found = new ArrayList<SeenEvent>();
        var place = stretch.from();
        long bytes = 0;
        for (int look = 0; look < LOOKS_MAX; look++) {
            int wanted = limit - found.size();
            // One more than is wanted says whether there is more.
            int rowsMax = filter.wantsAllEvents() ? Math.min(wanted, LOOK_ROWS) + 1 : LOOK_ROWS;
            var rows = rows(room, stretch, place, rowsMax);
            boolean last = rows.size() < rowsMax;
            for (var event : visible(room, viewer, filter, rows)) {
                if (found.size() == limit || bytes > PAGE_BYTES_MAX) {
                    return new Page(found, Optional.of(place));
                }
                found.add(event);
                bytes += event.event().pdu().json().sizeBytes();
                place = stretch.direction().behind(event.row());
            }
            if (last) {
                return new Page(found, Optional.empty());
            }
            place = stretch.direction().behind(rows.getLast());
        }
        return new Page(found, Optional.of(place));
    }

    private List<TimelineEvent> rows(RoomRef room, Stretch stretch, Place place, int limit) {
        return switch (stretch.direction()) {
            case BACKWARD -> timelines.backward(room, place, stretch.to(), limit);
            case FORWARD -> timelines.forward(room, place, stretch.to(), limit);
        };
    }

    private List<SeenEvent> visible(
            RoomRef room, Viewer viewer, EventFilter filter, List<TimelineEvent> rows) {
        return visibility.filter(room, viewer, passing(room, filter, rows));
    }

    private List<TimelineEvent> passing(
            RoomRef room, EventFilter filter, List<TimelineEvent> rows) {
        if (filter.wantsAllEvents()) {
            return rows;
        }
        var passing = rows.stream().filter(row -> passes(row, filter)).toList();
        if (filter.relatedByRelTypes().isEmpty() && filter.relatedBySenders().isEmpty()) {
            return passing;
        }
        var related =
                relations.findRelated(
                        room, passing.stream().map(row -> row.event().eventId()).toList(), filter);
        return passing.stream().filter(row -> related.contains(row.event().eventId())).toList();
    }

    private static boolean passes(TimelineEvent row, EventFilter filter) {
        var pdu = row.event().pdu();
        return filter.wants(pdu.type(), pdu.sender().value())
                && filter.containsUrl()
                        .map(wanted -> wanted == pdu.content().path("url").isString())
                        .orElse(true);
    }

    /// Which way a page goes.
    public enum Direction {
        BACKWARD,
        FORWARD;

        /// What a request calls `dir`; `M_INVALID_PARAM` where it is neither `b` nor `f`.
        public static Direction of(String dir) {
            return switch (dir) {
                case "b" -> BACKWARD;
                case "f" -> FORWARD;
                default -> throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'dir' is b or f");
            };
        }

        /// The place from which a page goes on that ended with that row.
        public Place behind(TimelineEvent row) {
            return behind(row.place());
        }

        /// The place from which a page goes on that ended with the row before that place.
        public Place behind(Place place) {
            return switch (this) {
                case BACKWARD -> place.before();
                case FORWARD -> place;
            };
        }
    }

    /// A part of a timeline, read from one end to the other.
    public record Stretch(Direction direction, Place from, Place to) {}

    /// @param events in the direction of the stretch
    /// @param next where to go on; nothing where the stretch has no more
    public record Page(List<SeenEvent> events, Optional<Place> next) {
        public Page {
            events = List.copyOf(events);
        }
    }
}
