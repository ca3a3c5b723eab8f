package dev.lares.client.roomhead;

import dev.lares.client.roomhead.RoomHead.Members;
import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.membership.RoomSummaries;
import dev.lares.core.membership.RoomSummaries.Hero;
import dev.lares.core.membership.RoomSummaries.SummaryBasis;
import dev.lares.core.relations.SharedRelations;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SentBy;
import dev.lares.core.room.SharedRendering;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineEvent;
import dev.lares.core.room.TimelineRow;
import dev.lares.core.room.TimelineRows;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateRef;
import dev.lares.core.state.StateStep;
import dev.lares.core.state.StateWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads heads from the log's tables, or what they lack: about ten statements for however many
/// rooms.
@Component
class HeadReader {
    /// In rooms with more members only some are read.
    static final int MEMBERS_WHOLE_MAX = 32;

    /// A head that has come to hold more members is read anew.
    private static final int MEMBERS_MAX = 100;

    private static final String REDACTION = "m.room.redaction";

    private final TimelineRows timelines;
    private final StateReader states;
    private final RoomSummaries summaries;
    private final EventReader events;
    private final SharedRendering rendering;
    private final HeadRelations relations;

    HeadReader(
            TimelineRows timelines,
            StateReader states,
            RoomSummaries summaries,
            EventReader events,
            SharedRendering rendering,
            HeadRelations relations) {
        this.timelines = timelines;
        this.states = states;
        this.summaries = summaries;
        this.events = events;
        this.rendering = rendering;
        this.relations = relations;
    }

    /// The heads of all of the rooms as of a position.
    ///
    /// @param known older heads of some of them, none beyond the position
    Map<Long, RoomHead> read(Collection<RoomRef> rooms, Map<Long, RoomHead> known, Position to) {
        var since = new HashMap<Long, Position>();
        for (var room : rooms) {
            var head = known.get(room.roomNid());
            since.put(room.roomNid(), head == null ? Position.ZERO : head.upTo());
        }
        var newest = timelines.newest(rooms, since, to, RoomHead.ROWS + 1);
        var heads = new HashMap<Long, RoomHead>();
        var anew = new ArrayList<RoomRef>();
        var stretches = new ArrayList<Stretch>();
        for (var room : rooms) {
            var head = known.get(room.roomNid());
            var rows = newest.getOrDefault(room.roomNid(), List.of());
            if (head == null) {
                stretches.add(Stretch.fresh(room, rows, to));
            } else if (rows.isEmpty()) {
                heads.put(room.roomNid(), head.reaching(to));
            } else if (canGoOn(head, rows)) {
                stretches.add(new Stretch(room, head, head.upTo(), to, rows, head.version()));
            } else {
                anew.add(room);
            }
        }
        heads.putAll(build(stretches, to));
        if (!anew.isEmpty()) {
            heads.putAll(read(anew, Map.of(), to));
        }
        return heads;
    }

    /// Not over a gap, nor where what comes changes how earlier events are shown.
    private static boolean canGoOn(RoomHead head, List<TimelineRow> rows) {
        return rows.size() <= RoomHead.ROWS
                && head.memberCount() + rows.size() <= MEMBERS_MAX
                && rows.stream()
                        .flatMap(row -> row.event().stream())
                        .noneMatch(event -> event.pdu().type().equals(REDACTION));
    }

    private Map<Long, RoomHead> build(List<Stretch> stretches, Position to) {
        if (stretches.isEmpty()) {
            return Map.of();
        }
        var found = find(stretches, to);
        return stretches.stream()
                .map(stretch -> new HeadBuilder(stretch, found).build())
                .collect(Collectors.toMap(head -> head.room().roomNid(), Function.identity()));
    }

    private Found find(List<Stretch> stretches, Position to) {
        var steps =
                states.steps(
                        stretches.stream()
                                .map(stretch ->
                                        new StateWindow(stretch.roomNid(), stretch.floor(), to))
                                .toList());
        var sums =
                summaries.basis(
                        stretches.stream()
                                .filter(stretch -> needsSummary(stretch, steps))
                                .map(Stretch::roomNid)
                                .toList(),
                        to);
        var base = findBase(stretches, steps, sums);
        var bodies = findBodies(stretches, steps, base);
        var all = new HashMap<RoomRef, Collection<StoredEvent>>();
        stretches.forEach(stretch -> all.put(stretch.room(), new HashSet<>()));
        var roomOf = stretches.stream().collect(Collectors.toMap(Stretch::roomNid, Stretch::room));
        bodies.values().forEach(event -> addTo(all, roomOf, event));
        stretches.forEach(stretch -> stretch.events().forEach(event -> addTo(all, roomOf, event)));
        var ofRows = new ArrayList<Long>();
        var idle = new HashSet<Long>();
        for (var stretch : stretches) {
            stretch.events().forEach(event -> ofRows.add(event.nid()));
            if (stretch.events().stream().anyMatch(event -> event.pdu().type().equals(REDACTION))) {
                idle.addAll(rendering.findIdle(stretch.room(), stretch.timeline()));
            }
        }
        return new Found(
                steps,
                sums,
                base,
                bodies,
                states.refsAt(stretches.stream().map(Stretch::roomNid).toList(), to),
                rendering.findApplied(all),
                idle,
                rendering.findSenders(ofRows),
                rendering.findVisibleToMembers(replaced(stretches, steps, base, bodies)),
                relations.find(stretches, to));
    }

    private static void addTo(
            Map<RoomRef, Collection<StoredEvent>> all,
            Map<Long, RoomRef> rooms,
            StoredEvent event) {
        var room = rooms.get(event.roomNid());
        if (room != null) {
            all.computeIfAbsent(room, missing -> new HashSet<>()).add(event);
        }
    }

    private static boolean needsSummary(Stretch stretch, Map<Long, List<StateStep>> steps) {
        return stretch.known() == null
                || steps.getOrDefault(stretch.roomNid(), List.of()).stream()
                        .anyMatch(step -> step.entry().key().type().equals(RoomHead.MEMBER));
    }

    /// What stood at the floor of each stretch: all of it for what is read anew, else the members
    /// whom the head does not know yet.
    private Map<Long, List<StateEntry>> findBase(
            List<Stretch> stretches,
            Map<Long, List<StateStep>> steps,
            Map<Long, SummaryBasis> sums) {
        var small = new HashMap<Long, Position>();
        var large = new HashMap<Long, Position>();
        var named = new HashMap<Long, Set<StateKey>>();
        var floors = new HashMap<Long, Position>();
        for (var stretch : stretches) {
            var nid = stretch.roomNid();
            if (stretch.floor().equals(Position.ZERO)) {
                continue; // nothing was there
            }
            var sum = sums.get(nid);
            var head = stretch.known();
            if (head == null && sum != null && sum.total() <= MEMBERS_WHOLE_MAX) {
                small.put(nid, stretch.floor());
                continue;
            }
            if (head == null) {
                large.put(nid, stretch.floor());
            } else if (head.members() == Members.ALL) {
                continue;
            }
            var keys = membersShown(stretch, steps.getOrDefault(nid, List.of()), sum);
            if (head != null) {
                keys.removeIf(head::knows);
            }
            if (!keys.isEmpty()) {
                named.put(nid, keys);
                floors.put(nid, stretch.floor());
            }
        }
        var base = new HashMap<Long, List<StateEntry>>();
        for (var part :
                List.of(
                        states.wholeAt(small),
                        states.withoutMembersAt(large),
                        states.stateAt(named, floors))) {
            part.forEach((nid, entries) ->
                    base.computeIfAbsent(nid, missing -> new ArrayList<>()).addAll(entries));
        }
        return base;
    }

    private static Set<StateKey> membersShown(
            Stretch stretch, List<StateStep> steps, @Nullable SummaryBasis sum) {
        var keys = new HashSet<StateKey>();
        stretch.events()
                .forEach(event ->
                        keys.add(new StateKey(RoomHead.MEMBER, event.pdu().sender().value())));
        steps.stream()
                .map(step -> step.entry().key())
                .filter(key -> key.type().equals(RoomHead.MEMBER))
                .forEach(keys::add);
        if (sum != null) {
            sum.present().forEach(hero -> keys.add(key(hero)));
            sum.gone().forEach(hero -> keys.add(key(hero)));
        }
        return keys;
    }

    private static StateKey key(Hero hero) {
        return new StateKey(RoomHead.MEMBER, hero.userId().value());
    }

    /// The events of the state, and what the state events of the rows replaced.
    private Map<Long, StoredEvent> findBodies(
            List<Stretch> stretches,
            Map<Long, List<StateStep>> steps,
            Map<Long, List<StateEntry>> base) {
        var bodies = new HashMap<Long, StoredEvent>();
        var missing = new HashMap<RoomRef, Collection<Long>>();
        for (var stretch : stretches) {
            stretch.events().forEach(event -> bodies.put(event.nid(), event));
            var wanted = new HashSet<Long>();
            base.getOrDefault(stretch.roomNid(), List.of())
                    .forEach(entry -> wanted.add(entry.eventNid()));
            var ofSteps = steps.getOrDefault(stretch.roomNid(), List.of());
            ofSteps.forEach(step -> wanted.add(step.entry().eventNid()));
            var head = stretch.known();
            if (head != null) {
                stretch.stateKeys()
                        .forEach(key ->
                                head.find(key, head.upTo())
                                        .ifPresent(state -> wanted.add(state.nid())));
            }
            wanted.remove(0L);
            wanted.removeIf(bodies::containsKey);
            missing.put(stretch.room(), wanted);
        }
        bodies.putAll(events.find(missing));
        return bodies;
    }

    /// What state events of the rows replaced, by room.
    private static Map<RoomRef, Collection<StoredEvent>> replaced(
            List<Stretch> stretches,
            Map<Long, List<StateStep>> steps,
            Map<Long, List<StateEntry>> base,
            Map<Long, StoredEvent> bodies) {
        var replaced = new HashMap<RoomRef, Collection<StoredEvent>>();
        for (var stretch : stretches) {
            var changed = new HashSet<StateKey>();
            var ofSteps = steps.getOrDefault(stretch.roomNid(), List.of());
            ofSteps.forEach(step -> changed.add(step.entry().key()));
            var nids = new HashSet<Long>();
            ofSteps.forEach(step -> nids.add(step.entry().eventNid()));
            base.getOrDefault(stretch.roomNid(), List.of()).stream()
                    .filter(entry -> changed.contains(entry.key()))
                    .forEach(entry -> nids.add(entry.eventNid()));
            var head = stretch.known();
            if (head != null) {
                changed.forEach(key ->
                        head.find(key, head.upTo()).ifPresent(state -> nids.add(state.nid())));
            }
            var found = new ArrayList<StoredEvent>();
            for (long nid : nids) {
                var event = bodies.get(nid);
                // What was replaced within the stretch is there too: more than needed, and right.
                if (event != null && changed.size() < nids.size()) {
                    found.add(event);
                }
            }
            if (!found.isEmpty()) {
                replaced.put(stretch.room(), found);
            }
        }
        return replaced;
    }

    /// What is to be built.
    ///
    /// @param known what the rows follow; null for a head that is built anew
    /// @param floor position behind which the rows are
    /// @param version of the main line at the floor
    record Stretch(
            RoomRef room,
            @Nullable RoomHead known,
            Position floor,
            Position to,
            List<TimelineRow> rows,
            int version,
            int notifSeq,
            int hlSeq) {
        private Stretch(
                RoomRef room,
                RoomHead known,
                Position floor,
                Position to,
                List<TimelineRow> rows,
                int version) {
            this(room, known, floor, to, rows, version, known.notifSeq(), known.hlSeq());
        }

        /// The first row is the floor where there are more than a head holds.
        static Stretch fresh(RoomRef room, List<TimelineRow> rows, Position to) {
            if (rows.size() <= RoomHead.ROWS) {
                return new Stretch(room, null, Position.ZERO, to, rows, 0, 0, 0);
            }
            var first = rows.getFirst();
            return new Stretch(
                    room,
                    null,
                    new Position(first.pos()),
                    to,
                    rows.subList(1, rows.size()),
                    first.mainVer(),
                    first.notifSeq(),
                    first.hlSeq());
        }

        long roomNid() {
            return room.roomNid();
        }

        List<StoredEvent> events() {
            return rows.stream().flatMap(row -> row.event().stream()).toList();
        }

        /// The places in the state that the rows' events are for.
        List<StateKey> stateKeys() {
            return events().stream()
                    .map(StoredEvent::pdu)
                    .flatMap(pdu ->
                            pdu.stateKey().stream().map(key -> new StateKey(pdu.type(), key)))
                    .toList();
        }

        List<TimelineEvent> timeline() {
            return rows.stream()
                    .flatMap(row ->
                            row.event().stream()
                                    .map(event -> new TimelineEvent(row.place(), event)))
                    .toList();
        }
    }

    /// What was found for all stretches.
    ///
    /// @param base what stood at the floor, as far as it is missing in the known head
    /// @param idle internal numbers of redactions that do not apply
    /// @param visible internal numbers of events that every member may see
    /// @param relations what relates to events of the stretches and to earlier ones, by their
    ///   numbers
    record Found(
            Map<Long, List<StateStep>> steps,
            Map<Long, SummaryBasis> summaries,
            Map<Long, List<StateEntry>> base,
            Map<Long, StoredEvent> bodies,
            Map<Long, StateRef> mainLines,
            SharedRendering.Applied applied,
            Set<Long> idle,
            Map<Long, SentBy> senders,
            Set<Long> visible,
            Map<Long, SharedRelations> relations) {}
}
