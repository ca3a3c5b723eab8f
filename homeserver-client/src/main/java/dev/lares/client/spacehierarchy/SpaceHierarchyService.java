package dev.lares.client.spacehierarchy;

import dev.lares.client.roomsummary.RoomSummaryBody;
import dev.lares.client.spacehierarchy.HierarchyWalk.Step;
import dev.lares.client.spacehierarchy.SpaceHierarchyController.HierarchyResponse;
import dev.lares.client.spacehierarchy.SpaceHierarchyController.HierarchyRoom;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.roompreview.PreviewViewer;
import dev.lares.core.roompreview.PreviewViewers;
import dev.lares.core.roompreview.RoomPreview;
import dev.lares.core.roompreview.RoomPreviews;
import dev.lares.core.web.Requester;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/// Walks through spaces. A page reads rooms in chunks, some statements each, and looks at no more
/// than [#LOOKED_AT_MAX] rooms, however few of them the user may see.
@Service
class SpaceHierarchyService {
    static final int PAGE_MAX = 50;
    static final int DEPTH_MAX = 100;

    private static final int LOOKED_AT_MAX = 500;
    private static final int CHUNK = 50;
    private static final int TOKEN_BYTES = 16;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");
    private static final Duration PAGE_LIFE = Duration.ofMinutes(10);
    private static final String SPACE = "m.space";

    private final RoomRefs rooms;
    private final RoomPreviews previews;
    private final PreviewViewers viewers;
    private final SpaceChildren children;
    private final HierarchyPageRepository pages;
    private final SecureRandom random;
    private final Clock clock;

    SpaceHierarchyService(
            RoomRefs rooms,
            RoomPreviews previews,
            PreviewViewers viewers,
            SpaceChildren children,
            HierarchyPageRepository pages,
            SecureRandom random,
            Clock clock) {
        this.rooms = rooms;
        this.previews = previews;
        this.viewers = viewers;
        this.children = children;
        this.pages = pages;
        this.random = random;
        this.clock = clock;
    }

    /// `M_FORBIDDEN` where the user may not see the space or it is not there, `M_INVALID_PARAM` for
    /// numbers out of range, for a token that is not known (any more), and where it was given out
    /// for another request.
    HierarchyResponse page(Requester requester, RoomId roomId, Request request) {
        int limit = limit(request.limit());
        int depthMax = depthMax(request.maxDepth());
        var viewer = viewers.get(requester.userNid());
        var root = requireVisible(roomId, viewer);
        var walk =
                request.from()
                        .map(token -> goOn(requester, root, request, depthMax, token))
                        .orElseGet(() -> HierarchyWalk.from(roomId));
        var shown = new Page(walk, viewer, request.suggestedOnly(), depthMax).read(limit);
        return new HierarchyResponse(
                shown,
                walk.isDone()
                        ? Optional.empty()
                        : Optional.of(
                                keep(
                                        new HierarchyPage(
                                                requester.userNid(),
                                                root.roomNid(),
                                                request.suggestedOnly(),
                                                depthMax,
                                                walk.waitingText(),
                                                walk.seenText()))));
    }

    private RoomRef requireVisible(RoomId roomId, PreviewViewer viewer) {
        return rooms.find(roomId)
                .flatMap(
                        room -> Optional.ofNullable(previews.of(List.of(room)).get(room.roomNid())))
                .filter(viewer::maySee)
                .map(RoomPreview::room)
                .orElseThrow(() ->
                        new MatrixException(
                                ErrorCode.M_FORBIDDEN, "You are not allowed to view this room"));
    }

    private HierarchyWalk goOn(
            Requester requester, RoomRef root, Request request, int depthMax, String token) {
        var page =
                Optional.of(token)
                        .filter(text -> TOKEN.matcher(text).matches())
                        .flatMap(text -> pages.find(text, requester.userNid(), clock.millis()))
                        .filter(known -> known.roomNid() == root.roomNid())
                        .orElseThrow(
                                () -> invalid("'from' is not known, or not any more: begin again"));
        if (page.suggestedOnly() != request.suggestedOnly() || page.depthMax() != depthMax) {
            throw invalid("'suggested_only' and 'max_depth' stay the same from page to page");
        }
        return HierarchyWalk.of(page.waiting(), page.seen());
    }

    private String keep(HierarchyPage page) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = HexFormat.of().formatHex(bytes);
        pages.insert(token, page, clock.millis() + PAGE_LIFE.toMillis());
        return token;
    }

    private static int limit(Optional<Integer> asked) {
        if (asked.filter(limit -> limit <= 0).isPresent()) {
            throw invalid("'limit' is greater than zero");
        }
        return Math.min(asked.orElse(PAGE_MAX), PAGE_MAX);
    }

    private static int depthMax(Optional<Integer> asked) {
        if (asked.filter(depth -> depth < 0).isPresent()) {
            throw invalid("'max_depth' is not negative");
        }
        return Math.min(asked.orElse(DEPTH_MAX), DEPTH_MAX);
    }

    private static MatrixException invalid(String message) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, message);
    }

    /// The parameters as they came.
    record Request(
            boolean suggestedOnly,
            Optional<Integer> limit,
            Optional<Integer> maxDepth,
            Optional<String> from) {}

    /// One page while it is read.
    private final class Page {
        private final HierarchyWalk walk;
        private final PreviewViewer viewer;
        private final boolean suggestedOnly;
        private final int depthMax;
        private final Map<RoomId, Optional<HierarchyRoom>> read = new HashMap<>();

        Page(HierarchyWalk walk, PreviewViewer viewer, boolean suggestedOnly, int depthMax) {
            this.walk = walk;
            this.viewer = viewer;
            this.suggestedOnly = suggestedOnly;
            this.depthMax = depthMax;
        }

        List<HierarchyRoom> read(int limit) {
            var shown = new ArrayList<HierarchyRoom>();
            while (shown.size() < limit && read.size() < LOOKED_AT_MAX) {
                readAhead(limit - shown.size());
                var step = walk.next();
                if (step.isEmpty()) {
                    break;
                }
                read.getOrDefault(step.get().roomId(), Optional.empty())
                        .ifPresent(room -> {
                            shown.add(room);
                            goInto(room, step.get());
                        });
            }
            return shown;
        }

        private void goInto(HierarchyRoom room, Step step) {
            if (step.depth() < depthMax) {
                walk.goInto(
                        room.childrenState().stream().map(SpaceChild::roomId).toList(),
                        step.depth() + 1);
            }
        }

        /// Reads what comes next, where it is not read yet.
        private void readAhead(int wanted) {
            var next = walk.upcoming(Math.min(wanted, CHUNK));
            if (next.isEmpty() || read.containsKey(next.getFirst())) {
                return;
            }
            var unread = next.stream().filter(room -> !read.containsKey(room)).toList();
            unread.forEach(room -> read.put(room, Optional.empty()));
            var visible =
                    previews.of(rooms.findAllById(unread)).values().stream()
                            .filter(viewer::maySee)
                            .toList();
            var spaces =
                    visible.stream()
                            .filter(room -> room.roomType().filter(SPACE::equals).isPresent())
                            .map(RoomPreview::room)
                            .toList();
            var ofSpaces = children.of(spaces);
            for (var room : visible) {
                var own = ofSpaces.getOrDefault(room.room().roomNid(), List.of());
                read.put(
                        room.room().roomId(),
                        Optional.of(
                                new HierarchyRoom(
                                        RoomSummaryBody.of(room),
                                        suggestedOnly
                                                ? own.stream()
                                                        .filter(SpaceChild::isSuggested)
                                                        .toList()
                                                : own)));
            }
        }
    }
}
