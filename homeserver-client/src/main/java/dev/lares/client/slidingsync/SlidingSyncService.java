package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomEntries.ToldEntry;
import dev.lares.client.slidingsync.RoomSelector.Selection;
import dev.lares.client.slidingsync.SentRoom.Mark;
import dev.lares.client.sync.AnswerPermits;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.client.sync.SyncAnswer;
import dev.lares.core.accountdata.IgnoredUsers;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.room.Viewer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Builds answers. An answer is a function of the request, of what the client was told before, and
/// of the log; what it tells is noted durably before it is sent.
@Service
class SlidingSyncService {
    /// Rooms that are read together.
    private static final int ROOMS_A_CHUNK = 200;

    private final AppliedPosition applied;
    private final LastChanges changes;
    private final UserRooms memberships;
    private final IgnoredUsers ignoredUsers;
    private final RoomLabels labels;
    private final RoomLister lister;
    private final RoomSelector selector;
    private final NewsFinder newsFinder;
    private final RoomEntries roomEntries;
    private final OutsideEntries outsideEntries;
    private final ExtensionAnswers extensions;
    private final ToDeviceExtension toDevice;
    private final Connections connections;
    private final PositionTokens tokens;
    private final AnswerPermits permits;

    SlidingSyncService(
            AppliedPosition applied,
            LastChanges changes,
            UserRooms memberships,
            IgnoredUsers ignoredUsers,
            RoomLabels labels,
            RoomLister lister,
            RoomSelector selector,
            NewsFinder newsFinder,
            RoomEntries roomEntries,
            OutsideEntries outsideEntries,
            ExtensionAnswers extensions,
            ToDeviceExtension toDevice,
            Connections connections,
            PositionTokens tokens,
            AnswerPermits permits) {
        this.applied = applied;
        this.changes = changes;
        this.memberships = memberships;
        this.ignoredUsers = ignoredUsers;
        this.labels = labels;
        this.lister = lister;
        this.selector = selector;
        this.newsFinder = newsFinder;
        this.roomEntries = roomEntries;
        this.outsideEntries = outsideEntries;
        this.extensions = extensions;
        this.toDevice = toDevice;
        this.connections = connections;
        this.tokens = tokens;
        this.permits = permits;
    }

    /// What one look gave.
    ///
    /// @param answer absent where there is nothing to tell
    /// @param base up to where that is
    record Outcome(Optional<SyncAnswer> answer, Base base) {}

    /// What there is to tell up to the applied position.
    Outcome look(SlidingRequest request, Base base) {
        var to = applied.current();
        var viewer = Viewer.of(request.requester());
        var delivery = toDevice.read(request, to);
        if (delivery.messages().isEmpty() && isIdle(request, base, viewer, to)) {
            return new Outcome(Optional.empty(), base.at(base.serial(), base.sent(), to));
        }
        // What changed of the user may be the session itself: whoever waits has to ask again, and
        // to
        // show the token again.
        boolean asksAgain = !base.isFresh() && changes.userChanged(viewer.userNid(), base.upTo());
        var context =
                new AnswerContext(
                        request,
                        base,
                        viewer,
                        to,
                        ignoredUsers.of(viewer.userNid()),
                        labels.of(viewer.userNid()),
                        base.connection().knownMembers(base.asked()));
        var rooms = lister.list(viewer, to, base, context.ignored());
        var selection = selector.select(rooms, request.rules(), context.labels(), to);
        var news = newsFinder.find(selection, context);
        var told = build(news.rooms(), context);
        var sent = new SentChanges(base.sent());
        note(selection, news, told, context, sent);
        newsFinder.noteUntold(
                rooms.all().stream()
                        .collect(Collectors.toMap(ListedRoom::roomNid, Function.identity())),
                looked(selection, news),
                context,
                sent);
        var extended =
                permits.permitted(
                        () -> extensions.build(selection.rooms(), told, delivery, context, sent));
        var next = connections.goOn(base, sent, to);
        settle(request, next, selection, news, told);
        boolean tells =
                !told.isEmpty() || extended.says() == ExtensionAnswers.Answers.Says.SOMETHING;
        if (!tells && !base.isFresh() && !asksAgain) {
            return new Outcome(Optional.empty(), next);
        }
        var members = new HashMap<Long, LazyMembers.Told>();
        told.forEach(entry -> members.put(entry.news().roomNid(), entry.members()));
        base.connection().toldMembers(base.asked(), next.token(), members);
        var json = write(request, next, selection.counts(), told, extended.json());
        return new Outcome(Optional.of(json::writeTo), next);
    }

    /// Remembers that nothing is left to tell, unless there is, or the counts of lists change with
    /// what was told: of rooms that are over.
    private static void settle(
            SlidingRequest request,
            Base next,
            Selection selection,
            NewsFinder.News news,
            List<ToldEntry> told) {
        boolean isOver =
                told.stream()
                        .map(entry -> entry.news().selected().room().membership())
                        .anyMatch(membership -> membership.membership().isGone());
        next.connection()
                .settle(
                        isOver || !news.later().isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        new Connection.Settled(
                                                next.serial(),
                                                request.rules(),
                                                selection.counts())));
    }

    /// Whether nothing happened that the client could be told of, as far as memory says.
    private boolean isIdle(SlidingRequest request, Base base, Viewer viewer, Position to) {
        if (base.isFresh()
                || base.connection().settled(base.serial(), request.rules()).isEmpty()
                || changes.userChanged(viewer.userNid(), base.upTo())) {
            return false;
        }
        return base.upTo().equals(to)
                || changes.roomsChanged(base.upTo())
                        .filter(rooms -> memberships.at(viewer.userNid(), to, rooms).isEmpty())
                        .isPresent();
    }

    private List<ToldEntry> build(List<RoomNews> rooms, AnswerContext context) {
        var told = new ArrayList<ToldEntry>();
        for (int i = 0; i < rooms.size(); i += ROOMS_A_CHUNK) {
            var chunk = rooms.subList(i, Math.min(rooms.size(), i + ROOMS_A_CHUNK));
            told.addAll(permits.permitted(() -> chunk(chunk, context)));
        }
        return told;
    }

    private List<ToldEntry> chunk(List<RoomNews> rooms, AnswerContext context) {
        var sides = rooms.stream().collect(Collectors.partitioningBy(RoomNews::isOutside));
        var told =
                new ArrayList<>(roomEntries.build(sides.getOrDefault(false, List.of()), context));
        told.addAll(outsideEntries.build(sides.getOrDefault(true, List.of()), context));
        var places = new HashMap<Long, Integer>();
        rooms.forEach(room -> places.put(room.roomNid(), places.size()));
        told.sort(Comparator.comparing(entry -> places.getOrDefault(entry.news().roomNid(), 0)));
        return told;
    }

    /// Notes what the client knows after this answer of the rooms that it asks for.
    private static void note(
            Selection selection,
            NewsFinder.News news,
            List<ToldEntry> told,
            AnswerContext context,
            SentChanges sent) {
        for (var entry : told) {
            var room = entry.news().selected();
            sent.put(room.roomNid(), sentRoom(entry, context));
        }
        var withNews = new HashSet<Long>();
        told.forEach(entry -> withNews.add(entry.news().roomNid()));
        for (var room : selection.rooms().values()) {
            if (!withNews.contains(room.roomNid()) && !news.later().contains(room.roomNid())) {
                sent.find(room.roomNid())
                        .ifPresent(before ->
                                sent.put(
                                        room.roomNid(),
                                        before.live().told(room.config(), before.limit())));
            }
        }
    }

    private static SentRoom sentRoom(ToldEntry entry, AnswerContext context) {
        var news = entry.news();
        var config = news.selected().config();
        boolean fromStart = news.isInitial() || news.expandsTimeline();
        int known = news.sent().map(SentRoom::limit).orElse(0);
        int limit;
        if (entry.timeline().limited() || (fromStart && news.isOutside())) {
            limit = config.timelineLimit();
        } else {
            limit = fromStart ? SentRoom.EVERYTHING : known;
        }
        var room =
                new SentRoom(
                                config,
                                limit,
                                SentRoom.LIVE,
                                news.sent().map(SentRoom::marks).orElse(0))
                        .with(Mark.COUNTS);
        return context.isDirect(news.selected())
                ? room.with(Mark.DIRECT)
                : room.without(Mark.DIRECT);
    }

    private static Set<Long> looked(Selection selection, NewsFinder.News news) {
        var looked = new HashSet<>(selection.rooms().keySet());
        looked.removeAll(news.later());
        return looked;
    }

    /// An answer that brings nothing but a later token.
    SyncAnswer nothing(SlidingRequest request, Base base) {
        var counts =
                base.connection()
                        .settled(base.serial(), request.rules())
                        .map(Connection.Settled::counts)
                        .orElse(Map.of());
        base.connection().toldMembers(base.asked(), base.token(), Map.of());
        var extended = new JsonBuffer();
        extensions.writeDevice(extended, request, ToDeviceExtension.NOTHING, base.upTo());
        var json = write(request, base, counts, List.of(), extended);
        return json::writeTo;
    }

    private JsonBuffer write(
            SlidingRequest request,
            Base base,
            Map<String, Integer> counts,
            List<ToldEntry> told,
            JsonBuffer extended) {
        var json = new JsonBuffer().openObject();
        json.name("pos").string(tokens.connection(base.token()));
        request.txnId().ifPresent(txnId -> json.name("txn_id").string(txnId));
        json.name("lists").openObject();
        counts.forEach((name, count) ->
                json.name(name).openObject().name("count").number(count).closeObject());
        json.closeObject();
        json.name("rooms").openObject();
        for (var entry : told) {
            json.name(entry.news().selected().roomId().value()).raw(entry.json().toBytes());
        }
        json.closeObject();
        json.name("extensions").openObject().members(extended).closeObject();
        return json.closeObject();
    }
}
