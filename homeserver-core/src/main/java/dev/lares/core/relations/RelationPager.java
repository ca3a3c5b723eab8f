package dev.lares.core.relations;

import dev.lares.core.accountdata.IgnoredUsers;
import dev.lares.core.id.EventId;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.Place;
import dev.lares.core.room.Redactions;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SeenEvent;
import dev.lares.core.room.TimelineEvent;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelinePager.Page;
import dev.lares.core.room.TimelinePager.Stretch;
import dev.lares.core.room.Viewer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Pages of the events that
/// [relate](https://spec.matrix.org/v1.19/client-server-api/#relationships-api) to one, as a user
/// may see them: without redacted ones and those of users whom they ignore.
@Service
public class RelationPager {
    /// Most relations that lie between the event and what is found.
    public static final int DEPTH_MAX = 3;

    /// Rows that one look reads beyond what is wanted.
    private static final int SPARE_ROWS = 20;

    /// How many looks one page gets: where a user may see next to nothing, a page is short and
    /// names the place to go on from.
    private static final int LOOKS_MAX = 10;

    /// Events of one level whose relations are followed, the newest.
    private static final int FOLLOWED_MAX = 1000;

    private final RelationPlaceRepository repository;
    private final EventReader events;
    private final EventVisibility visibility;
    private final Redactions redactions;
    private final IgnoredUsers ignoredUsers;

    RelationPager(
            RelationPlaceRepository repository,
            EventReader events,
            EventVisibility visibility,
            Redactions redactions,
            IgnoredUsers ignoredUsers) {
        this.repository = repository;
        this.events = events;
        this.visibility = visibility;
        this.redactions = redactions;
        this.ignoredUsers = ignoredUsers;
    }

    /// What is asked for.
    ///
    /// @param depth how many relations are followed, 1 to [#DEPTH_MAX]
    /// @param limit most events of the page
    public record Request(
            EventId parent, RelationFilter filter, int depth, Stretch stretch, int limit) {}

    /// Whether the user may see the parent is not looked at here.
    public Page read(RoomRef room, Viewer viewer, Request request) {
        var ignored = ignoredUsers.of(viewer.userNid());
        var targets = targets(room, request, ignored);
        var found = new ArrayList<SeenEvent>();
        var direction = request.stretch().direction();
        var place = request.stretch().from();
        for (int look = 0; look < LOOKS_MAX; look++) {
            int rowsMax = request.limit() - found.size() + SPARE_ROWS;
            var stretch = new Stretch(direction, place, request.stretch().to());
            var children = children(room, targets, request.filter(), ignored, stretch, rowsMax);
            for (var seen : seen(room, viewer, children)) {
                if (found.size() == request.limit()) {
                    return new Page(found, Optional.of(place));
                }
                found.add(seen);
                place = direction.behind(seen.row());
            }
            if (children.size() < rowsMax) {
                return new Page(found, Optional.empty());
            }
            place = direction.behind(children.getLast().place());
        }
        return new Page(found, Optional.of(place));
    }

    /// The event, and what relates to it as the filter asks, level by level.
    private Set<EventId> targets(RoomRef room, Request request, Set<String> ignored) {
        var targets = new LinkedHashSet<EventId>();
        targets.add(request.parent());
        var whole = new Stretch(Direction.BACKWARD, Place.END, Place.START);
        Set<EventId> level = Set.of(request.parent());
        for (int depth = 1; depth < request.depth() && !level.isEmpty(); depth++) {
            var nids =
                    repository
                            .findBackward(
                                    room, level, request.filter(), ignored, whole, FOLLOWED_MAX)
                            .stream()
                            .map(Child::eventNid)
                            .toList();
            var next = new LinkedHashSet<EventId>();
            events.find(room, nids).values().stream()
                    .map(event -> event.eventId())
                    .filter(targets::add)
                    .forEach(next::add);
            level = next;
        }
        return targets;
    }

    private List<Child> children(
            RoomRef room,
            Set<EventId> targets,
            RelationFilter filter,
            Set<String> ignored,
            Stretch stretch,
            int limit) {
        return switch (stretch.direction()) {
            case BACKWARD ->
                    repository.findBackward(room, targets, filter, ignored, stretch, limit);
            case FORWARD -> repository.findForward(room, targets, filter, ignored, stretch, limit);
        };
    }

    private List<SeenEvent> seen(RoomRef room, Viewer viewer, List<Child> children) {
        var bodies = events.find(room, children.stream().map(Child::eventNid).toList());
        var redacted = redactions.findApplied(room, bodies.values()).keySet();
        var rows = new ArrayList<TimelineEvent>();
        for (var child : children) {
            var body = bodies.get(child.eventNid());
            if (body != null && !redacted.contains(body.nid())) {
                rows.add(new TimelineEvent(child.place(), body));
            }
        }
        return visibility.filter(room, viewer, rows);
    }
}
