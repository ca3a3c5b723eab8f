package dev.lares.core.append;

import dev.lares.core.append.BatchBasis.ThreadRow;
import dev.lares.core.append.BuiltEvent.MemberChange;
import dev.lares.core.append.BuiltEvent.PushException;
import dev.lares.core.append.BuiltEvent.ThreadCount;
import dev.lares.core.append.CurrentState.Slot;
import dev.lares.core.append.Resolution.Changed;
import dev.lares.core.auth.PowerLevels;
import dev.lares.core.event.EventEdge;
import dev.lares.core.event.EventFlags;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.push.PushClass;
import dev.lares.core.push.PushVerdict;
import dev.lares.core.state.MainChange;
import dev.lares.core.state.StateChange;
import dev.lares.core.state.StateExtent;
import dev.lares.core.state.StateHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Works out all the rows that follow from an event, whoever made it, and adds it to its room.
@Component
class EventRows {
    /// Servers send these to have fewer extremities; they tell nobody anything.
    static final String DUMMY = "org.matrix.dummy_event";

    private final NumberPool numbers;
    private final StatePlanning planning;

    EventRows(NumberPool numbers, StatePlanning planning) {
        this.numbers = numbers;
        this.planning = planning;
    }

    /// An event and its place.
    ///
    /// @param keyNid of its place in the state; empty for what is not state
    /// @param line with `ver` the state before it
    /// @param flags how it stands in the room
    /// @param refusal why it was not accepted
    record Placed(
            Pdu pdu,
            long eventNid,
            Optional<Long> keyNid,
            List<Long> prevNids,
            List<Long> authNids,
            int line,
            int ver,
            EventFlags flags,
            Optional<String> refusal) {
        Placed with(Pdu other) {
            return new Placed(
                    other, eventNid, keyNid, prevNids, authNids, line, ver, flags, refusal);
        }
    }

    /// The room with an event that was accepted.
    ///
    /// @param at ordinal of its timeline row in the batch
    /// @param outdated events that are no extremities any more
    /// @param after the state after it, where it is not the current state
    /// @param changes of the current state
    BuiltEvent accepted(
            Placed event,
            Prepared item,
            RoomWork room,
            int at,
            Set<Long> outdated,
            Optional<StateHash> after,
            List<Changed> changes) {
        var pdu = event.pdu();
        var before = room.head();
        var change = mainChange(before, changes);
        var main = change.map(MainChange::version).or(before::main).orElseThrow();
        var levels = levels(room, pdu);
        var push = PushClass.of(pdu, levels);
        var verdict = push.everyone();
        var extremities = new ArrayList<>(before.extremities());
        extremities.removeIf(extremity -> outdated.contains(extremity.eventNid()));
        extremities.add(
                new RoomHead.Extremity(
                        event.eventNid(),
                        EventEdge.to(pdu),
                        pdu.depth(),
                        after.orElse(main.hash())));
        var head =
                new RoomHead(
                        before.pos(),
                        Math.max(before.depth(), pdu.depth()),
                        Optional.of(main),
                        before.notifSeq() + verdict.notifies(),
                        before.hlSeq() + verdict.highlights(),
                        extremities);
        var outline = EventOutline.of(pdu);
        var built =
                new BuiltEvent(
                        Optional.of(at),
                        pdu.type().equals(DUMMY)
                                ? BuiltEvent.Showing.HIDDEN
                                : BuiltEvent.Showing.SHOWN,
                        room.memory().room().roomNid(),
                        event,
                        item.userNid(pdu.sender()),
                        head,
                        change,
                        countThread(outline, room, verdict),
                        members(changes),
                        verdict,
                        exceptions(push, pdu, item, root(outline, room)),
                        RedactedEvents.of(pdu, room.version(), levels));
        room.add(built, slots(event, room, changes), events(changes));
        return built;
    }

    /// An event that is kept for those that cite it, and otherwise changes nothing.
    BuiltEvent kept(Placed event, Prepared item, RoomWork room) {
        var built =
                new BuiltEvent(
                        Optional.empty(),
                        BuiltEvent.Showing.HIDDEN,
                        room.memory().room().roomNid(),
                        event,
                        item.userNid(event.pdu().sender()),
                        room.head(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        PushVerdict.NOTHING,
                        List.of(),
                        Optional.empty());
        room.add(built, slots(event, room, List.of()), Map.of());
        return built;
    }

    /// The number of an event's place in the state.
    Optional<Long> keyNid(Pdu pdu, RoomWork room) {
        return pdu.stateKey().map(key -> room.keyNid(new StateKey(pdu.type(), key), numbers));
    }

    private Optional<MainChange> mainChange(RoomHead before, List<Changed> changes) {
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        var lines = planning.planner();
        List<StateChange> changed = changes.stream().map(Changed::change).toList();
        return Optional.of(
                before.main()
                        .map(tip -> lines.next(tip, changed))
                        .orElseGet(() -> lines.first(StateExtent.WHOLE, changed)));
    }

    /// What stands where from now on. A place that got its number by the event is known by it, even
    /// where the event does not stand there.
    private static Map<StateKey, Slot> slots(Placed event, RoomWork room, List<Changed> changes) {
        var slots = new HashMap<StateKey, Slot>();
        event.keyNid()
                .ifPresent(nid -> {
                    var key =
                            new StateKey(event.pdu().type(), event.pdu().stateKey().orElseThrow());
                    slots.put(key, new Slot(nid, room.slot(key).eventNid()));
                });
        for (var changed : changes) {
            var change = changed.change();
            slots.put(changed.key(), new Slot(change.keyNid(), change.newEventNid()));
        }
        return slots;
    }

    private static Map<Long, Pdu> events(List<Changed> changes) {
        var events = new HashMap<Long, Pdu>();
        for (var changed : changes) {
            changed.event().ifPresent(event -> events.put(changed.change().newEventNid(), event));
        }
        return events;
    }

    private static PowerLevels levels(RoomWork room, Pdu pdu) {
        var state = room.state();
        var create = state.find("m.room.create", "").orElse(pdu);
        return PowerLevels.of(state.find("m.room.power_levels", ""), create);
    }

    /// Events that count are counted in their thread as well as in the room.
    private static Optional<ThreadCount> countThread(
            EventOutline outline, RoomWork room, PushVerdict verdict) {
        if (verdict == PushVerdict.NOTHING) {
            return Optional.empty();
        }
        return outline.threadRoot()
                .flatMap(root ->
                        room.thread(root)
                                .map(known -> {
                                    var counts = known.plus(verdict);
                                    room.count(root, counts);
                                    return counts;
                                }))
                .map(counts ->
                        new ThreadCount(counts.rootNid(), counts.notifSeq(), counts.hlSeq()));
    }

    /// The number of the thread's root; 0 in the main timeline.
    private static long root(EventOutline outline, RoomWork room) {
        return outline.threadRoot().flatMap(room::thread).map(ThreadRow::rootNid).orElse(0L);
    }

    /// Local users for whom the event is something else than for everyone: who is mentioned, and
    /// the sender, whom nothing of their own highlights (that it does not notify them is seen from
    /// the timeline's row). That an invitation notifies the invited is nothing that is read in the
    /// room.
    private static List<PushException> exceptions(
            PushClass push, Pdu pdu, Prepared item, long rootNid) {
        int highlights = push.everyone().highlights();
        if ((push.others().isEmpty() && highlights == 0) || pdu.type().equals("m.room.member")) {
            return List.of();
        }
        var exceptions = new ArrayList<PushException>();
        if (highlights > 0) {
            exceptions.add(new PushException(item.userNid(pdu.sender()), rootNid, 0, -highlights));
        }
        push.others()
                .forEach((userId, verdict) -> {
                    var nid = item.users().get(userId);
                    if (nid != null) {
                        exceptions.add(
                                new PushException(
                                        nid,
                                        rootNid,
                                        verdict.notifies() - push.everyone().notifies(),
                                        verdict.highlights() - highlights));
                    }
                });
        return exceptions;
    }

    private static List<MemberChange> members(List<Changed> changes) {
        var members = new ArrayList<MemberChange>();
        for (var changed : changes) {
            changed.memberNid()
                    .ifPresent(nid ->
                            members.add(
                                    new MemberChange(
                                            nid,
                                            changed.change().newEventNid(),
                                            membership(changed.event()))));
        }
        return members;
    }

    private static String membership(Optional<Pdu> event) {
        return event.map(pdu -> pdu.content().path("membership").stringValue()).orElse("leave");
    }
}
