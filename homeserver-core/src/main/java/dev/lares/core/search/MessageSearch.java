package dev.lares.core.search;

import dev.lares.core.filter.EventFilter;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.Redactions;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.SeenEvent;
import dev.lares.core.room.TimelineEvent;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import dev.lares.core.search.SearchEntryRepository.Hit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Finds what was said in rooms that a user is or was in, as far as they may see it. Rooms that are
/// encrypted now are left out.
@Service
public class MessageSearch {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    /// Hits that one look reads beyond what is wanted.
    private static final int SPARE_HITS = 10;

    /// How many looks one page gets: where a user may see next to nothing of it, a page is short
    /// and says where to go on from.
    private static final int LOOKS_MAX = 5;

    private final SearchEntryRepository repository;
    private final UserRooms userRooms;
    private final RoomRefs rooms;
    private final TimelineReader timelines;
    private final EventVisibility visibility;
    private final Redactions redactions;

    MessageSearch(
            SearchEntryRepository repository,
            UserRooms userRooms,
            RoomRefs rooms,
            TimelineReader timelines,
            EventVisibility visibility,
            Redactions redactions) {
        this.repository = repository;
        this.userRooms = userRooms;
        this.rooms = rooms;
        this.timelines = timelines;
        this.visibility = visibility;
        this.redactions = redactions;
    }

    /// In which order results come.
    public enum Order {
        RANK,
        RECENT
    }

    /// What is asked for.
    ///
    /// @param limit most results
    public record Criteria(
            SearchTerm term, Set<SearchKey> keys, EventFilter filter, Order order, int limit) {
        public Criteria {
            keys = Set.copyOf(keys);
        }
    }

    /// A place among results.
    ///
    /// @param ts `origin_server_ts` of the last result
    /// @param eventNid its internal number
    public record After(float rank, long ts, long eventNid) {
        public static final After NOTHING =
                new After(Float.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        static After of(Hit hit) {
            return new After(hit.rank(), hit.ts(), hit.eventNid());
        }
    }

    /// A result.
    ///
    /// @param rank how well it fits; higher is better
    public record Found(RoomRef room, SeenEvent event, float rank, After place) {}

    /// @param count how many events fit, those that the user may not see included; at most 10,000
    /// @param next where to go on; nothing where there is no more
    public record Page(List<Found> found, int count, Optional<After> next) {
        static final Page NOTHING = new Page(List.of(), 0, Optional.empty());

        public Page {
            found = List.copyOf(found);
        }
    }

    public Page find(Viewer viewer, Criteria criteria, After after) {
        var scope =
                SearchScope.of(
                        userRooms.at(viewer.userNid(), NEWEST).stream()
                                .filter(room -> isOrWas(room.membership()))
                                .filter(room -> criteria.filter().wantsRoom(room.roomId().value()))
                                .toList());
        if (criteria.term().isEmpty() || criteria.keys().isEmpty() || scope.isEmpty()) {
            return Page.NOTHING;
        }
        var found = new ArrayList<Found>();
        var place = after;
        int count = 0;
        for (int look = 0; look < LOOKS_MAX; look++) {
            int wanted = criteria.limit() - found.size() + SPARE_HITS;
            var hits = hits(criteria, scope, place, wanted);
            var seen = seen(viewer, criteria.filter(), hits);
            for (var hit : hits) {
                count = hit.count();
                var one = seen.get(hit.eventNid());
                if (one != null && found.size() == criteria.limit()) {
                    return new Page(found, count, Optional.of(place));
                }
                place = After.of(hit);
                if (one != null) {
                    found.add(new Found(one.room(), one.event(), hit.rank(), place));
                }
            }
            if (hits.size() < wanted) {
                return new Page(found, count, Optional.empty());
            }
        }
        return new Page(found, count, Optional.of(place));
    }

    /// Whether the user is in the room, or was and left: what they may see of it is decided by
    /// event.
    private static boolean isOrWas(Membership membership) {
        return switch (membership) {
            case JOIN, LEAVE, BAN -> true;
            case INVITE, KNOCK -> false;
        };
    }

    private List<Hit> hits(Criteria criteria, SearchScope scope, After after, int limit) {
        return switch (criteria.order()) {
            case RANK -> repository.findRanked(criteria, scope, after, limit);
            case RECENT -> repository.findRecent(criteria, scope, after, limit);
        };
    }

    private record Seen(RoomRef room, SeenEvent event) {}

    /// What of the hits the user may see. The index may not know yet of a redaction.
    private Map<Long, Seen> seen(Viewer viewer, EventFilter filter, List<Hit> hits) {
        var byRoom =
                hits.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Hit::roomNid,
                                        Collectors.mapping(Hit::eventNid, Collectors.toList())));
        var refs =
                rooms.findAll(byRoom.keySet()).stream()
                        .collect(Collectors.toMap(RoomRef::roomNid, Function.identity()));
        var seen = new HashMap<Long, Seen>();
        byRoom.forEach((roomNid, nids) -> {
            var room = refs.get(roomNid);
            if (room != null) {
                for (var event : seen(room, viewer, filter, nids)) {
                    seen.put(event.event().nid(), new Seen(room, event));
                }
            }
        });
        return seen;
    }

    private List<SeenEvent> seen(RoomRef room, Viewer viewer, EventFilter filter, List<Long> nids) {
        var rows = timelines.find(room, nids).stream().filter(row -> hasUrl(row, filter)).toList();
        var redacted =
                redactions
                        .findApplied(room, rows.stream().map(TimelineEvent::event).toList())
                        .keySet();
        return visibility.filter(
                room,
                viewer,
                rows.stream().filter(row -> !redacted.contains(row.event().nid())).toList());
    }

    private static boolean hasUrl(TimelineEvent row, EventFilter filter) {
        return filter.containsUrl()
                .map(wanted -> wanted == row.event().pdu().content().path("url").isString())
                .orElse(true);
    }
}
