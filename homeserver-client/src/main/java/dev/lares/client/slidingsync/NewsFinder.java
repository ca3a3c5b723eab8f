package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomNews.Counts;
import dev.lares.client.slidingsync.RoomSelector.Selection;
import dev.lares.client.slidingsync.SentRoom.Mark;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.receipt.ReceiptService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds the rooms of which there may be something to tell, and notes of which others there would
/// be if they were asked for.
@Component
class NewsFinder {
    /// More rooms an answer does not tell; the others come with the next one.
    private static final int ROOMS_MAX = 2_000;

    private final LastChanges changes;
    private final ReceiptService receipts;

    NewsFinder(LastChanges changes, ReceiptService receipts) {
        this.changes = changes;
        this.receipts = receipts;
    }

    /// @param rooms the most active first
    /// @param later internal numbers of rooms for which the answer has no space
    record News(List<RoomNews> rooms, Set<Long> later) {}

    News find(Selection selection, AnswerContext context) {
        var read = readByViewer(selection, context);
        var news = new ArrayList<RoomNews>();
        var later = new HashSet<Long>();
        for (var selected : selection.rooms().values()) {
            var found = news(selected, context, read);
            if (found.isPresent() && news.size() < ROOMS_MAX) {
                news.add(found.get());
            } else if (found.isPresent()) {
                later.add(selected.roomNid());
            }
        }
        return new News(news, later);
    }

    private Optional<RoomNews> news(
            SelectedRoom selected, AnswerContext context, Set<Long> readByViewer) {
        var base = context.base();
        var membership = selected.room().membership();
        var sent = base.sent().find(selected.roomNid());
        var from = sent.map(base::upTo).orElse(Position.ZERO);
        if (sent.isEmpty() || isAnew(selected, from)) {
            return Optional.of(
                    new RoomNews(selected, Optional.empty(), Position.ZERO, Counts.SAME));
        }
        boolean missesCounts =
                !sent.get().has(Mark.COUNTS)
                        && context.request().spelling() == SlidingRequest.Spelling.UNSTABLE
                        && membership.membership() == Membership.JOIN;
        var counts =
                missesCounts || readByViewer.contains(selected.roomNid())
                        ? Counts.CHANGED
                        : Counts.SAME;
        var news = new RoomNews(selected, sent, from, counts);
        boolean isNews =
                switch (membership.membership()) {
                    case JOIN ->
                            selected.room().activity().isAfter(from)
                                    || counts == Counts.CHANGED
                                    || news.expandsTimeline()
                                    || news.expandsState()
                                    || news.changesDirect(context);
                    case INVITE, KNOCK, LEAVE, BAN -> membership.changed().isAfter(from);
                };
        return isNews ? Optional.of(news) : Optional.empty();
    }

    /// Whether what the client knows of the room is of no use: since then the user came into it, or
    /// was asked into it, or came and went.
    private static boolean isAnew(SelectedRoom selected, Position from) {
        var membership = selected.room().membership();
        return switch (membership.membership()) {
            case JOIN -> membership.since().isAfter(from);
            case INVITE, KNOCK -> membership.changed().isAfter(from);
            case LEAVE, BAN ->
                    selected.room()
                            .lastStay()
                            .filter(stay -> stay.left().isAfter(from))
                            .filter(stay -> stay.joined().isAfter(from))
                            .isPresent();
        };
    }

    /// The rooms that the client knows and in which the viewer has read something.
    private Set<Long> readByViewer(Selection selection, AnswerContext context) {
        var base = context.base();
        if (base.isFresh() || context.request().spelling() == SlidingRequest.Spelling.STABLE) {
            return Set.of(); // which has no counts
        }
        var from = new HashMap<Long, Position>();
        for (var selected : selection.rooms().values()) {
            if (selected.room().membership().membership() == Membership.JOIN) {
                base.sent()
                        .find(selected.roomNid())
                        .map(base::upTo)
                        .filter(upTo -> mayHaveRead(selected.roomNid(), upTo, context))
                        .ifPresent(upTo -> from.put(selected.roomNid(), upTo));
            }
        }
        if (from.isEmpty()) {
            return Set.of();
        }
        var nids = from.keySet().stream().mapToLong(Long::longValue).toArray();
        var positions = new long[nids.length];
        for (int i = 0; i < nids.length; i++) {
            positions[i] = from.getOrDefault(nids[i], Position.ZERO).value();
        }
        return receipts.changed(context.viewer().userNid(), nids, positions, context.to()).stream()
                .filter(receipt -> receipt.userNid() == context.viewer().userNid())
                .map(receipt -> receipt.roomNid())
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean mayHaveRead(long roomNid, Position since, AnswerContext context) {
        return changes.userChanged(context.viewer().userNid(), since)
                && changes.ephemeralChanged(roomNid, since);
    }

    /// Notes what the client is not told: of rooms that it does not ask for now, or that an answer
    /// has no space for, it has to be told from here on when it does.
    ///
    /// @param rooms all that the user has to do with
    /// @param told internal numbers of the rooms that need no further telling
    void noteUntold(
            Map<Long, ListedRoom> rooms,
            Set<Long> told,
            AnswerContext context,
            SentChanges sentChanges) {
        var base = context.base();
        base.sent()
                .rooms()
                .forEach((nid, sent) -> {
                    var room = rooms.get(nid);
                    if (room == null) {
                        sentChanges.makeStale(nid);
                    } else if (!told.contains(nid)) {
                        var upTo = base.upTo(sent);
                        boolean changed =
                                room.activity().isAfter(upTo)
                                        || room.membership().changed().isAfter(upTo);
                        if (changed) {
                            sentChanges
                                    .find(nid)
                                    .ifPresent(now -> sentChanges.put(nid, now.since(base.upTo())));
                        } else if (room.membership().membership() == Membership.LEAVE) {
                            sentChanges.makeStale(nid);
                        } else if (mayHaveRead(nid, upTo, context)) {
                            sentChanges
                                    .find(nid)
                                    .ifPresent(
                                            now -> sentChanges.put(nid, now.without(Mark.COUNTS)));
                        }
                    }
                });
    }
}
