package dev.lares.client.slidingsync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.client.roomhead.RoomHead;
import dev.lares.client.roomhead.RoomHeads;
import dev.lares.core.event.StateKey;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.RoomRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What filters look at, of many rooms at once: as it is where the user is in the room, and else as
/// it was when they last had to do with it.
@Component
class RoomTraitsReader implements AppliedBatch.Listener {
    private static final long BYTES_MAX = 16L << 20;
    private static final Set<StateKey> KEYS =
            Set.of(StateJson.CREATE, StateJson.NAME, StateJson.ENCRYPTION);

    private final RoomHeads heads;
    private final LastChanges changes;
    private final StateBodies states;
    private final Cache<Key, Known> known =
            Caffeine.newBuilder()
                    .maximumWeight(BYTES_MAX)
                    .<Key, Known>weigher((key, value) -> value.traits().sizeBytes())
                    .build();

    RoomTraitsReader(RoomHeads heads, LastChanges changes, StateBodies states) {
        this.heads = heads;
        this.changes = changes;
        this.states = states;
    }

    /// @param past the position that is looked back to; 0 for the present
    private record Key(long roomNid, long past) {}

    /// @param upTo nothing of it changed up to here
    private record Known(RoomTraits traits, Position upTo) {}

    /// The traits of all the rooms, by their internal numbers.
    Map<Long, RoomTraits> of(Collection<ListedRoom> rooms, Position to) {
        var found = new HashMap<Long, RoomTraits>();
        var present = new ArrayList<RoomRef>();
        var past = new ArrayList<ListedRoom>();
        for (var room : rooms) {
            boolean joined = room.membership().membership() == Membership.JOIN;
            var remembered = known.getIfPresent(joined ? now(room.roomNid()) : then(room));
            if (remembered != null && (!joined || holds(room.roomNid(), remembered, to))) {
                found.put(room.roomNid(), remembered.traits());
            } else if (joined) {
                present.add(room.ref());
            } else {
                past.add(room);
            }
        }
        found.putAll(readPresent(present, to));
        found.putAll(readPast(past));
        return found;
    }

    /// The IDs of the rooms that are children of one of the spaces.
    ///
    /// @param spaces in which the user is
    Set<String> children(Collection<RoomRef> spaces, Position to) {
        var children = new HashSet<String>();
        for (var space : heads.get(spaces, to).values()) {
            space.stateAt(to)
                    .forEach((key, state) -> {
                        if (key.type().equals("m.space.child")
                                && StateJson.content(state.json().bytes()).path("via").isArray()) {
                            children.add(key.stateKey());
                        }
                    });
        }
        return children;
    }

    private boolean holds(long roomNid, Known remembered, Position to) {
        return !remembered.upTo().isAfter(to) && !changes.roomChanged(roomNid, remembered.upTo());
    }

    private Map<Long, RoomTraits> readPresent(List<RoomRef> rooms, Position to) {
        var found = new HashMap<Long, RoomTraits>();
        heads.get(rooms, to)
                .forEach((nid, head) -> {
                    var traits = traits(head, to);
                    found.put(nid, traits);
                    known.put(now(nid), new Known(traits, to));
                });
        return found;
    }

    private static RoomTraits traits(RoomHead head, Position to) {
        return new RoomTraits(
                StateJson.type(StateJson.content(head.find(StateJson.CREATE, to))),
                StateJson.name(StateJson.content(head.find(StateJson.NAME, to))),
                head.find(StateJson.ENCRYPTION, to).isPresent());
    }

    private Map<Long, RoomTraits> readPast(List<ListedRoom> rooms) {
        var wanted = new HashMap<RoomRef, StateBodies.Wanted>();
        rooms.forEach(
                room -> wanted.put(room.ref(), new StateBodies.Wanted(KEYS, room.visibleUpTo())));
        var read = states.read(wanted);
        var found = new HashMap<Long, RoomTraits>();
        for (var room : rooms) {
            var of = read.getOrDefault(room.ref(), Map.of());
            var traits =
                    new RoomTraits(
                            StateJson.type(StateBodies.content(of, StateJson.CREATE)),
                            StateJson.name(StateBodies.content(of, StateJson.NAME)),
                            of.containsKey(StateJson.ENCRYPTION));
            found.put(room.roomNid(), traits);
            known.put(then(room), new Known(traits, room.visibleUpTo()));
        }
        return found;
    }

    private static Key now(long roomNid) {
        return new Key(roomNid, 0);
    }

    private static Key then(ListedRoom room) {
        return new Key(room.roomNid(), room.visibleUpTo().value());
    }

    @Override
    public void applied(AppliedBatch batch) {
        // Traits are as of a position; what comes later is read when it is asked for.
    }

    @Override
    public void movedOn() {
        known.invalidateAll();
    }
}
