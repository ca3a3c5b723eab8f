package dev.lares.client.slidingsync;

import dev.lares.client.roomhead.RoomHead;
import dev.lares.client.roomhead.RoomHeads;
import dev.lares.client.slidingsync.SlidingRequest.Spelling;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.client.sync.RoomPlan;
import dev.lares.client.sync.RoomPlan.Knowledge;
import dev.lares.client.sync.RoomTimelines;
import dev.lares.client.sync.ToldTimeline;
import dev.lares.client.sync.UnreadCounters;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomSummaries;
import dev.lares.core.membership.RoomSummaries.RoomSummary;
import dev.lares.core.membership.Stay;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateSelection;
import dev.lares.core.unread.UnreadCounts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Builds the entries of rooms that the user is in, or was in up to where they left.
@Component
class RoomEntries {
    private final RoomHeads roomHeads;
    private final RoomTimelines timelines;
    private final RoomStateWindows stateWindows;
    private final StateBodies states;
    private final RoomSummaries summaries;
    private final UnreadCounters unread;
    private final RoomActivities activities;
    private final PositionTokens tokens;
    private final Clock clock;

    RoomEntries(
            RoomHeads roomHeads,
            RoomTimelines timelines,
            RoomStateWindows stateWindows,
            StateBodies states,
            RoomSummaries summaries,
            UnreadCounters unread,
            RoomActivities activities,
            PositionTokens tokens,
            Clock clock) {
        this.roomHeads = roomHeads;
        this.timelines = timelines;
        this.stateWindows = stateWindows;
        this.states = states;
        this.summaries = summaries;
        this.unread = unread;
        this.activities = activities;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// Those of the rooms of which there is something to tell.
    List<ToldEntry> build(List<RoomNews> rooms, AnswerContext context) {
        var joined = rooms.stream().filter(RoomEntries::isJoined).toList();
        var heads = roomHeads.get(refs(joined), context.to());
        var told = timelines(rooms, heads, context);
        var drafts = drafts(rooms, heads, told, context);
        var summary = summaries(drafts, context);
        read(drafts, summary);
        var telling = drafts.stream().filter(draft -> tells(draft, context)).toList();
        var counts = counts(telling, heads, context);
        var bumps = bumps(telling, context);
        var entries = new ArrayList<ToldEntry>();
        for (var draft : telling) {
            var nid = draft.news().roomNid();
            var json =
                    new EntryWriter(context, tokens)
                            .write(
                                    draft,
                                    Optional.ofNullable(summary.get(nid)),
                                    counts.get(nid),
                                    bumps.getOrDefault(nid, Position.ZERO));
            entries.add(new ToldEntry(draft.news(), json, draft.timeline(), draft.toldMembers()));
        }
        return entries;
    }

    private static boolean isJoined(RoomNews room) {
        return room.selected().room().membership().membership() == Membership.JOIN;
    }

    private static List<RoomRef> refs(Collection<RoomNews> rooms) {
        return rooms.stream().map(room -> room.selected().room().ref()).toList();
    }

    static StateKey member(UserId userId) {
        return new StateKey(StateSelection.MEMBER, userId.value());
    }

    private static boolean tells(RoomDraft draft, AnswerContext context) {
        return draft.news().isInitial()
                || draft.saysSomething()
                || draft.news().counts() == RoomNews.Counts.CHANGED
                || draft.news().changesDirect(context);
    }

    /// What is told of a room ends where the user left it.
    private static Position end(RoomNews room, AnswerContext context) {
        return isJoined(room)
                ? context.to()
                : room.selected().room().lastStay().map(Stay::left).orElse(context.to());
    }

    private Map<Long, ToldTimeline> timelines(
            List<RoomNews> rooms, Map<Long, RoomHead> heads, AnswerContext context) {
        var byLimit =
                rooms.stream()
                        .collect(
                                Collectors.groupingBy(
                                        room -> room.selected().config().timelineLimit()));
        var told = new HashMap<Long, ToldTimeline>();
        byLimit.forEach((limit, together) -> {
            var plans = together.stream().map(room -> plan(room, context)).toList();
            told.putAll(timelines.tell(plans, heads, context.shared(limit)));
        });
        return told;
    }

    private static RoomPlan plan(RoomNews room, AnswerContext context) {
        var from = room.expandsTimeline() ? Position.ZERO : room.from();
        return new RoomPlan(
                room.selected().room().ref(),
                room.selected().room().membership(),
                from,
                end(room, context),
                room.isInitial() || room.expandsTimeline()
                        ? Knowledge.NOTHING
                        : Knowledge.UP_TO_FROM);
    }

    private List<RoomDraft> drafts(
            List<RoomNews> rooms,
            Map<Long, RoomHead> heads,
            Map<Long, ToldTimeline> told,
            AnswerContext context) {
        var drafts = new ArrayList<RoomDraft>();
        var fromLog = new ArrayList<RoomDraft>();
        long now = clock.millis();
        for (var room : rooms) {
            var head = heads.get(room.roomNid());
            var timeline = told.get(room.roomNid());
            if (timeline == null) {
                throw new IllegalStateException("Every room gets a timeline");
            }
            var draft =
                    new RoomDraft(
                            room,
                            head,
                            end(room, context),
                            timeline,
                            context.knownMembers().getOrDefault(room.roomNid(), Set.of()),
                            now);
            drafts.add(draft);
            if (head != null && RoomDraft.holdsState(head, room, draft.end())) {
                draft.collectFromHead();
            } else {
                fromLog.add(draft);
            }
        }
        stateWindows.collect(fromLog);
        return drafts;
    }

    /// Of the rooms whose members or name are told.
    private Map<Long, RoomSummary> summaries(List<RoomDraft> drafts, AnswerContext context) {
        var userId = context.viewer().userId();
        var found = new HashMap<Long, RoomSummary>();
        var missing = new HashMap<Position, List<Long>>();
        for (var draft : drafts) {
            if (draft.tellsMembers() || draft.tellsName()) {
                var known = draft.summary(userId);
                if (known.isPresent()) {
                    found.put(draft.news().roomNid(), known.get());
                } else {
                    missing.computeIfAbsent(draft.end(), at -> new ArrayList<>())
                            .add(draft.news().roomNid());
                }
            }
        }
        missing.forEach((at, nids) ->
                summaries
                        .basis(nids, at)
                        .forEach((nid, basis) -> found.put(nid, basis.forUser(userId))));
        return found;
    }

    /// Reads what is missing of all the rooms together.
    private void read(List<RoomDraft> drafts, Map<Long, RoomSummary> summary) {
        var wanted = new HashMap<RoomRef, StateBodies.Wanted>();
        for (var draft : drafts) {
            draft.look(StateJson.NAME);
            draft.look(StateJson.AVATAR);
            var told = summary.get(draft.news().roomNid());
            if (told != null && draft.looked(StateJson.NAME).isEmpty()) {
                told.heroes().forEach(hero -> draft.look(member(hero.userId())));
            }
            if (!draft.missing().isEmpty()) {
                wanted.put(
                        draft.news().selected().room().ref(),
                        new StateBodies.Wanted(draft.missing(), draft.end()));
            }
        }
        var found = states.read(wanted);
        for (var draft : drafts) {
            draft.complete(found.getOrDefault(draft.news().selected().room().ref(), Map.of()));
        }
    }

    private Map<Long, UnreadCounts> counts(
            List<RoomDraft> drafts, Map<Long, RoomHead> heads, AnswerContext context) {
        if (context.request().spelling() == Spelling.STABLE) {
            return Map.of(); // which has none
        }
        var plans =
                drafts.stream()
                        .map(RoomDraft::news)
                        .filter(RoomEntries::isJoined)
                        .map(room -> plan(room, context))
                        .toList();
        return plans.isEmpty() ? Map.of() : unread.at(plans, heads, context.shared(0));
    }

    private Map<Long, Position> bumps(List<RoomDraft> drafts, AnswerContext context) {
        var found = new HashMap<Long, Position>();
        var missing = new ArrayList<Long>();
        for (var draft : drafts) {
            var membership = draft.news().selected().room().membership();
            if (!isJoined(draft.news())) {
                found.put(membership.roomNid(), membership.changed());
                continue;
            }
            draft.head()
                    .flatMap(head -> lastBump(head, context.to()))
                    .ifPresentOrElse(
                            bump -> found.put(membership.roomNid(), bump),
                            () -> missing.add(membership.roomNid()));
        }
        found.putAll(activities.lastBumps(missing, context.to()));
        return found;
    }

    private static Optional<Position> lastBump(RoomHead head, Position to) {
        var rows = head.rows(Position.ZERO, to);
        for (var row : rows.reversed()) {
            var event = row.event();
            if (event != null && RoomActivities.BUMPS.contains(event.type())) {
                return Optional.of(new Position(row.pos()));
            }
        }
        return Optional.empty();
    }

    /// What is told of one room.
    record ToldEntry(
            RoomNews news, JsonBuffer json, ToldTimeline timeline, LazyMembers.Told members) {}
}
