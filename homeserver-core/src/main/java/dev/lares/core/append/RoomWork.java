package dev.lares.core.append;

import dev.lares.core.append.BatchBasis.ThreadRow;
import dev.lares.core.append.CurrentState.Slot;
import dev.lares.core.auth.RoomState;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.room.RoomRef;
import dev.lares.core.roomversion.RoomVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A locked room in the hands of a batch: what was committed, and on top of it what the batch's
/// items have made so far. An item works on a [copy][#fork()] that counts only if all of it passes.
final class RoomWork {
    private RoomMemory memory;
    private final Map<Long, Pdu> events;
    private final Map<StateKey, Long> newKeys;
    private final Map<EventId, ThreadRow> threads;
    private final Map<EventId, BuiltEvent> made;

    /// @param events state events by number, shared by the whole batch
    RoomWork(RoomMemory memory, Map<Long, Pdu> events, Map<EventId, ThreadRow> threads) {
        this(memory, events, new HashMap<>(), threads, new HashMap<>());
    }

    private RoomWork(
            RoomMemory memory,
            Map<Long, Pdu> events,
            Map<StateKey, Long> newKeys,
            Map<EventId, ThreadRow> threads,
            Map<EventId, BuiltEvent> made) {
        this.made = made;
        this.memory = memory;
        this.events = events;
        this.newKeys = newKeys;
        this.threads = threads;
    }

    RoomWork fork() {
        return new RoomWork(
                memory,
                events,
                new HashMap<>(newKeys),
                new HashMap<>(threads),
                new HashMap<>(made));
    }

    RoomMemory memory() {
        return memory;
    }

    RoomVersion version() {
        return memory.room().version();
    }

    RoomHead head() {
        return memory.head();
    }

    /// Keys that the batch gave a number.
    Map<StateKey, Long> newKeys() {
        return newKeys;
    }

    RoomState state() {
        return key -> Optional.ofNullable(event(slot(key)));
    }

    /// The place in the state; all that drafts need was read before.
    Slot slot(StateKey key) {
        var slot = memory.state().find(key);
        if (slot == null) {
            throw new IllegalStateException(
                    "The state of room " + memory.room().roomNid() + " was not read at " + key);
        }
        return slot;
    }

    private @Nullable Pdu event(Slot slot) {
        if (slot.eventNid() == 0) {
            return null;
        }
        var event = events.get(slot.eventNid());
        if (event == null) {
            throw new IllegalStateException("Event " + slot.eventNid() + " was not read");
        }
        return event;
    }

    /// The number of the place, from the pool where it has none.
    long keyNid(StateKey key, NumberPool numbers) {
        long known = slot(key).keyNid();
        return known != 0 ? known : newKeys.computeIfAbsent(key, missing -> numbers.nextStateKey());
    }

    /// An event that the batch made.
    Optional<BuiltEvent> made(EventId eventId) {
        return Optional.ofNullable(made.get(eventId));
    }

    /// Counts of the thread with that root; empty where the room has no such event.
    Optional<ThreadRow> thread(EventId root) {
        return Optional.ofNullable(threads.get(root));
    }

    void count(EventId root, ThreadRow counts) {
        threads.put(root, counts);
    }

    /// Takes the event in.
    ///
    /// @param slots what stands where from now on
    /// @param stateEvents that stand there
    void add(BuiltEvent event, Map<StateKey, CurrentState.Slot> slots, Map<Long, Pdu> stateEvents) {
        events.putAll(stateEvents);
        made.put(event.pdu().eventId(), event);
        memory = memory.with(event.after(), memory.state().with(slots));
        // v12: the create event gives the room its ID.
        if (!event.pdu().roomId().equals(memory.room().roomId())) {
            var room = memory.room();
            memory =
                    new RoomMemory(
                            new RoomRef(room.roomNid(), event.pdu().roomId(), room.version()),
                            memory.epoch(),
                            memory.head(),
                            memory.state());
        }
    }
}
