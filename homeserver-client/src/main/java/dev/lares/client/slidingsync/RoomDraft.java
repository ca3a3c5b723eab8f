package dev.lares.client.slidingsync;

import dev.lares.client.roomhead.HeadState;
import dev.lares.client.roomhead.RoomHead;
import dev.lares.client.sync.ToldTimeline;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.RoomSummaries.RoomSummary;
import dev.lares.core.state.StateSelection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects what is told of the state of one room that the user is or was in: first what there is
/// in memory, and once the rest was read that too.
final class RoomDraft {
    private static final String MEMBER = StateSelection.MEMBER;

    private final RoomNews news;
    private final @Nullable RoomHead head;
    private final Position end;
    private final ToldTimeline timeline;
    private final Set<Long> knownMembers;
    private final long now;
    private final Map<StateKey, ToldState> required = new LinkedHashMap<>();

    /// What is looked at beside, by place.
    private final Map<StateKey, ToldState> looked = new LinkedHashMap<>();

    /// Places of which the log has to be asked.
    private final Set<StateKey> missing = new HashSet<>();

    /// Members who are told because the timeline shows them.
    private final Set<StateKey> shown = new HashSet<>();

    private final Set<Long> toldMembers = new HashSet<>();
    private boolean nameChanged;
    private boolean avatarChanged;
    private boolean membersChanged;

    /// @param head null where the user is not in the room any more
    /// @param end what came later is not told
    /// @param knownMembers internal numbers of membership events that the client has
    /// @param now milliseconds since 1970
    RoomDraft(
            RoomNews news,
            @Nullable RoomHead head,
            Position end,
            ToldTimeline timeline,
            Set<Long> knownMembers,
            long now) {
        this.news = news;
        this.head = head;
        this.end = end;
        this.timeline = timeline;
        this.knownMembers = startsMembersAnew(news, timeline) ? Set.of() : knownMembers;
        this.now = now;
    }

    /// Whether a redaction may have taken something of the name or the avatar.
    private boolean mayBeRedacted() {
        return timeline.limited()
                || timeline.events().stream()
                        .anyMatch(event -> event.type().equals("m.room.redaction"));
    }

    /// Where the client does not get all changes of members, it forgets whom it knew.
    private static boolean startsMembersAnew(RoomNews news, ToldTimeline timeline) {
        return news.isInitial() || timeline.limited();
    }

    RoomNews news() {
        return news;
    }

    RoomConfig config() {
        return news.selected().config();
    }

    ToldTimeline timeline() {
        return timeline;
    }

    Position end() {
        return end;
    }

    /// Whether the head has all of the state that is told, but for what is named singly.
    static boolean holdsState(RoomHead head, RoomNews news, Position end) {
        boolean reaches =
                head.reachesBackTo(end) && (news.isInitial() || head.reachesBackTo(news.from()));
        boolean wantsAll = news.isInitial() || news.expandsState();
        return reaches
                && !(wantsAll
                        && news.selected().config().wantsAllMembers()
                        && head.members() != RoomHead.Members.ALL);
    }

    /// Takes what changed, or the whole state, from the head.
    void collectFromHead() {
        var source = Objects.requireNonNull(head);
        if (news.isInitial()) {
            source.stateAt(end).values().forEach(this::take);
        } else {
            source.changes(news.from(), end).values().forEach(this::take);
            if (news.expandsState()) {
                source.stateAt(end).values().stream()
                        .filter(state -> isNewlyWanted(state.key()))
                        .forEach(this::take);
            }
        }
        collectNamed();
    }

    /// Takes what changed, or the whole state, as it was read.
    ///
    /// @param whole the whole state where all or more of it is told, else nothing
    void collectRead(Map<StateKey, ToldState> changes, Map<StateKey, ToldState> whole) {
        changes.values().forEach(this::take);
        whole.values().stream()
                .filter(state -> news.isInitial() || isNewlyWanted(state.key()))
                .forEach(this::take);
        collectNamed();
    }

    private boolean isNewlyWanted(StateKey key) {
        return config().wants(key)
                && news.sent().filter(before -> before.config().wants(key)).isEmpty();
    }

    private void take(HeadState state) {
        note(state.key());
        if (isTold(state.key())) {
            required.put(state.key(), ToldState.of(state, now));
        }
    }

    private void take(ToldState state) {
        note(state.key());
        looked.put(state.key(), state);
        if (isTold(state.key())) {
            required.put(state.key(), state);
        }
    }

    private void note(StateKey key) {
        nameChanged |= key.equals(StateJson.NAME);
        avatarChanged |= key.equals(StateJson.AVATAR);
        membersChanged |= key.type().equals(MEMBER);
    }

    private boolean isTold(StateKey key) {
        boolean changedMember =
                key.type().equals(MEMBER)
                        && !news.isInitial()
                        && !timeline.limited()
                        && config().lazyMembers();
        return changedMember || config().wants(key);
    }

    /// Members who are named or shown.
    private void collectNamed() {
        if (news.isInitial() || news.expandsState()) {
            for (var key : config().namedMembers()) {
                if (news.isInitial() || isNewlyWanted(key)) {
                    find(key).ifPresent(state -> required.put(key, state));
                }
            }
        }
        if (config().lazyMembers()) {
            for (var event : timeline.events()) {
                shown.add(new StateKey(MEMBER, event.sender()));
                if (event.isMember() && event.stateKey() != null) {
                    shown.add(new StateKey(MEMBER, event.stateKey()));
                }
            }
            shown.removeAll(required.keySet());
            shown.forEach(this::show);
        }
    }

    private void show(StateKey key) {
        find(key)
                .filter(state -> !knownMembers.contains(state.nid()))
                .ifPresent(state -> required.put(key, state));
    }

    /// What stands at a place, as far as it is known; where it is not, it is asked for.
    private Optional<ToldState> find(StateKey key) {
        var known = looked.get(key);
        if (known != null) {
            return Optional.of(known).filter(state -> !state.isGone());
        }
        if (head != null && head.knows(key) && head.reachesBackTo(end)) {
            var found = head.find(key, end).map(state -> ToldState.of(state, now));
            found.ifPresent(state -> looked.put(key, state));
            return found;
        }
        missing.add(key);
        return Optional.empty();
    }

    /// Notes that a place is looked at.
    void look(StateKey key) {
        find(key);
    }

    Set<StateKey> missing() {
        return missing;
    }

    /// Takes what the log has of the places that were missing.
    void complete(Map<StateKey, ToldState> read) {
        looked.putAll(read);
        for (var key : config().namedMembers()) {
            if ((news.isInitial() || isNewlyWanted(key)) && read.containsKey(key)) {
                required.putIfAbsent(key, Objects.requireNonNull(read.get(key)));
            }
        }
        shown.stream().filter(read::containsKey).forEach(this::show);
        for (var state : required.values()) {
            if (state.key().type().equals(MEMBER) && !state.isGone()) {
                toldMembers.add(state.nid());
            }
        }
    }

    Map<StateKey, ToldState> required() {
        return required;
    }

    Optional<ToldState> looked(StateKey key) {
        return Optional.ofNullable(looked.get(key)).filter(state -> !state.isGone());
    }

    boolean tellsName() {
        return news.isInitial() || nameChanged || mayBeRedacted();
    }

    boolean tellsAvatar() {
        return news.isInitial() || avatarChanged || mayBeRedacted();
    }

    boolean tellsMembers() {
        return news.isInitial() || membersChanged;
    }

    /// The summary from the head, if it has the one of the end.
    Optional<RoomSummary> summary(UserId forUser) {
        return Optional.ofNullable(head)
                .flatMap(has -> has.summaryAt(end))
                .map(basis -> basis.forUser(forUser));
    }

    Optional<RoomHead> head() {
        return Optional.ofNullable(head);
    }

    /// Whether there is anything to tell of the timeline and the state.
    boolean saysSomething() {
        return !timeline.events().isEmpty()
                || timeline.limited()
                || !required.isEmpty()
                || nameChanged
                || avatarChanged
                || membersChanged;
    }

    LazyMembers.Told toldMembers() {
        return new LazyMembers.Told(
                startsMembersAnew(news, timeline)
                        ? LazyMembers.Told.Start.ANEW
                        : LazyMembers.Told.Start.GOES_ON,
                config().lazyMembers() ? toldMembers : Set.of());
    }
}
