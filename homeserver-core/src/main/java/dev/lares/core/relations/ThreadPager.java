package dev.lares.core.relations;

import dev.lares.core.accountdata.IgnoredUsers;
import dev.lares.core.event.Redaction;
import dev.lares.core.id.EventId;
import dev.lares.core.log.Position;
import dev.lares.core.relations.RelationPlaceRepository.Reply;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.Place;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SeenEvent;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineEvent;
import dev.lares.core.room.TimelinePager.Direction;
import dev.lares.core.room.TimelinePager.Page;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Pages of the roots of a room's
/// [threads](https://spec.matrix.org/v1.19/client-server-api/#threading), the one with the newest
/// reply first.
@Service
public class ThreadPager {
    /// Replies that one look reads.
    private static final int LOOK_ROWS = 500;

    /// How many looks one page gets: where few threads have many replies, a page is short and names
    /// the place to go on from.
    private static final int LOOKS_MAX = 10;

    private final RelationPlaceRepository repository;
    private final EventReader events;
    private final TimelineReader timelines;
    private final EventVisibility visibility;
    private final IgnoredUsers ignoredUsers;

    ThreadPager(
            RelationPlaceRepository repository,
            EventReader events,
            TimelineReader timelines,
            EventVisibility visibility,
            IgnoredUsers ignoredUsers) {
        this.repository = repository;
        this.events = events;
        this.timelines = timelines;
        this.visibility = visibility;
        this.ignoredUsers = ignoredUsers;
    }

    /// Which threads are asked for.
    public enum Include {
        ALL,
        /// Those whose root or one of whose events the user sent.
        PARTICIPATED
    }

    /// The roots that the user may see; those of users whom they ignore are redacted.
    ///
    /// @param from replies behind this place do not count
    /// @param to up to where the user may read the room
    /// @param limit most roots of the page
    public Page read(
            RoomRef room, Viewer viewer, Include include, Place from, Position to, int limit) {
        var ignored = ignoredUsers.of(viewer.userNid());
        var asked = Optional.of(viewer.userNid()).filter(nid -> include == Include.PARTICIPATED);
        var found = new ArrayList<SeenEvent>();
        var place = from;
        for (int look = 0; look < LOOKS_MAX; look++) {
            var replies = repository.findReplies(room, place, to, ignored, asked, LOOK_ROWS);
            var roots = roots(room, viewer, replies);
            for (var reply : replies) {
                var root = reply.newest() ? roots.get(reply.root()) : null;
                if (root != null && isIncluded(root, reply, include, viewer)) {
                    if (found.size() == limit) {
                        return new Page(found, Optional.of(place));
                    }
                    found.add(
                            ignored.contains(root.event().pdu().sender().value())
                                    ? redacted(root)
                                    : root);
                }
                place = Direction.BACKWARD.behind(reply.place());
            }
            if (replies.size() < LOOK_ROWS) {
                return new Page(found, Optional.empty());
            }
        }
        return new Page(found, Optional.of(place));
    }

    private static boolean isIncluded(SeenEvent root, Reply reply, Include include, Viewer viewer) {
        return switch (include) {
            case ALL -> true;
            case PARTICIPATED ->
                    reply.participated() || root.event().senderNid() == viewer.userNid();
        };
    }

    /// The roots of the threads whose newest replies are among these, by their IDs. What relates to
    /// another event is the root of nothing.
    private Map<String, SeenEvent> roots(RoomRef room, Viewer viewer, List<Reply> replies) {
        var ids =
                replies.stream()
                        .filter(Reply::newest)
                        .flatMap(reply -> EventId.find(reply.root()).stream())
                        .distinct()
                        .toList();
        var nids =
                events.findByIds(room, ids).values().stream()
                        .filter(event -> RelationTypes.of(event.pdu()).isEmpty())
                        .map(StoredEvent::nid)
                        .toList();
        return visibility.filter(room, viewer, timelines.find(room, nids)).stream()
                .collect(
                        Collectors.toMap(
                                seen -> seen.event().eventId().value(), Function.identity()));
    }

    private static SeenEvent redacted(SeenEvent root) {
        var event = root.event();
        return new SeenEvent(
                new TimelineEvent(
                        root.row().place(),
                        new StoredEvent(
                                event.roomNid(),
                                event.nid(),
                                event.senderNid(),
                                event.keyNid(),
                                event.stateLine(),
                                event.stateVer(),
                                event.flags(),
                                Redaction.redact(event.pdu()))),
                root.membership());
    }
}
