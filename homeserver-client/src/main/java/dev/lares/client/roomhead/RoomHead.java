package dev.lares.client.roomhead;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomSummaries.SummaryBasis;
import dev.lares.core.room.HistoryVisibility;
import dev.lares.core.room.RoomRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A room from a floor up to a position, the same for everybody: a value.
///
/// @param floor what lies up to here is not in it but as the state there; zero: it has the room's
///   start
/// @param upTo all of the room up to here is in it
/// @param version of the main line after the newest row
/// @param rows oldest first
/// @param states what stood at each place since when, oldest first; members only as far as
///   `members` says
/// @param summary as of `upTo`
/// @param notifSeq how many events up to the newest row notify
/// @param hlSeq how many of them highlight for everyone
/// @param built where it was read anew, and not only what it lacked: what redactions do to earlier
///   events counts up to there
public record RoomHead(
        RoomRef room,
        Position floor,
        Position upTo,
        int version,
        List<HeadRow> rows,
        Map<StateKey, List<HeadState>> states,
        Members members,
        SummaryBasis summary,
        int notifSeq,
        int hlSeq,
        Position built) {
    static final String MEMBER = "m.room.member";
    static final StateKey VISIBILITY = new StateKey(HistoryVisibility.TYPE, "");

    /// Rows above this number go when others come.
    static final int ROWS_MAX = 40;

    /// How many rows there are after a reading, and after some went.
    static final int ROWS = 20;

    private static final int OVERHEAD_BYTES = 500;

    public RoomHead {
        rows = List.copyOf(rows);
        states = Collections.unmodifiableMap(states);
    }

    /// Whose memberships are in the state.
    public enum Members {
        ALL,
        /// Those of the senders, of whose membership changed since the floor, and of the heroes.
        SOME
    }

    /// Whether all is there that a client needs who has everything up to a position.
    public boolean reachesBackTo(Position since) {
        return !floor.isAfter(since);
    }

    /// Rows with positions in (since, to], oldest first.
    public List<HeadRow> rows(Position since, Position to) {
        int first = 0;
        int end = rows.size();
        while (first < end && rows.get(first).pos() <= since.value()) {
            first++;
        }
        while (end > first && rows.get(end - 1).pos() > to.value()) {
            end--;
        }
        return rows.subList(first, end);
    }

    /// The position of the newest row up to a position; the floor where there is none.
    public long lastRowUpTo(Position at) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (rows.get(i).pos() <= at.value()) {
                return rows.get(i).pos();
            }
        }
        return floor.value();
    }

    /// What stands at a place at a position from the floor on; nothing where it is empty, or a
    /// membership that is not [known][#knows].
    public Optional<HeadState> find(StateKey key, Position at) {
        return newest(states.getOrDefault(key, List.of()), at.value())
                .filter(state -> !state.isGone());
    }

    public boolean knows(StateKey key) {
        return members == Members.ALL || !key.type().equals(MEMBER) || states.containsKey(key);
    }

    /// The whole state at a position from the floor on, as far as it is known.
    public Map<StateKey, HeadState> stateAt(Position at) {
        var found = new LinkedHashMap<StateKey, HeadState>();
        states.forEach((key, steps) ->
                newest(steps, at.value())
                        .filter(state -> !state.isGone())
                        .ifPresent(state -> found.put(key, state)));
        return found;
    }

    /// What changed in (since, to], the newest of each place, emptied ones included.
    public Map<StateKey, HeadState> changes(Position since, Position to) {
        var found = new LinkedHashMap<StateKey, HeadState>();
        states.forEach((key, steps) ->
                newest(steps, to.value())
                        .filter(state -> state.pos() > since.value())
                        .ifPresent(state -> found.put(key, state)));
        return found;
    }

    public boolean membersChanged(Position since, Position to) {
        for (var place : states.entrySet()) {
            if (place.getKey().type().equals(MEMBER)
                    && newest(place.getValue(), to.value())
                            .filter(state -> state.pos() > since.value())
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /// What the summary is made from at a position; nothing where members changed behind it.
    public Optional<SummaryBasis> summaryAt(Position at) {
        return membersChanged(at, upTo) ? Optional.empty() : Optional.of(summary);
    }

    /// What a user was in the room before what happened at a position behind the floor. To be asked
    /// only of one whose membership changed since the floor or is known; else it is as it is now.
    Optional<HeadState> before(StateKey key, long pos) {
        return newest(states.getOrDefault(key, List.of()), pos - 1);
    }

    /// The membership of a user before the event at a position.
    ///
    /// @param now what the user is at the end; holds where the head knows of no change
    public Membership membershipBefore(StateKey member, long pos, Membership now) {
        var steps = states.get(member);
        if (steps == null) {
            return members == Members.ALL ? Membership.LEAVE : now;
        }
        return newest(steps, pos - 1)
                .flatMap(state -> Optional.ofNullable(state.membership()))
                .orElse(Membership.LEAVE);
    }

    HistoryVisibility visibilityBefore(long pos) {
        return newest(states.getOrDefault(VISIBILITY, List.of()), pos - 1)
                .flatMap(state -> Optional.ofNullable(state.visibility()))
                .orElse(HistoryVisibility.SHARED);
    }

    /// The same where nothing happened in the room up to a later position.
    RoomHead reaching(Position later) {
        return new RoomHead(
                room, floor, later, version, rows, states, members, summary, notifSeq, hlSeq,
                built);
    }

    /// The same with fewer rows, where they have become too many.
    RoomHead trimmed() {
        if (rows.size() <= ROWS_MAX) {
            return this;
        }
        int cut = rows.size() - ROWS;
        var newFloor = new Position(rows.get(cut - 1).pos());
        var kept = new LinkedHashMap<StateKey, List<HeadState>>();
        states.forEach((key, steps) -> {
            var left = new ArrayList<HeadState>();
            newest(steps, newFloor.value()).ifPresent(state -> left.add(state.atFloor()));
            steps.stream().filter(state -> state.pos() > newFloor.value()).forEach(left::add);
            kept.put(key, List.copyOf(left));
        });
        return new RoomHead(
                room,
                newFloor,
                upTo,
                version,
                rows.subList(cut, rows.size()),
                kept,
                members,
                summary,
                notifSeq,
                hlSeq,
                built);
    }

    /// The events of the rows.
    Set<Long> eventNids() {
        var nids = new HashSet<Long>();
        for (var row : rows) {
            var event = row.event();
            if (event != null) {
                nids.add(event.nid());
            }
        }
        return nids;
    }

    int memberCount() {
        return (int) states.keySet().stream().filter(key -> key.type().equals(MEMBER)).count();
    }

    int sizeBytes() {
        return OVERHEAD_BYTES
                + rows.stream().mapToInt(HeadRow::sizeBytes).sum()
                + states.values().stream()
                        .flatMap(Collection::stream)
                        .mapToInt(HeadState::sizeBytes)
                        .sum();
    }

    private static Optional<HeadState> newest(List<HeadState> steps, long pos) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).pos() <= pos) {
                return Optional.of(steps.get(i));
            }
        }
        return Optional.empty();
    }
}
