package dev.lares.core.append;

import dev.lares.core.append.Incoming.Reserved;
import dev.lares.core.append.LaneRepository.PlacedRow;
import dev.lares.core.append.Resolution.Changed;
import dev.lares.core.append.RoomResolver.Fresh;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.UserId;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.SideLines;
import dev.lares.core.state.Standing;
import dev.lares.core.state.StateChange;
import dev.lares.core.state.StateHash;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateRef;
import dev.lares.core.user.UserRefs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds out what the current state becomes when an event is added to the room's extremities. The
/// event is not stored yet; it gets its number here.
@Component
class CurrentResolver {
    private final LaneRepository repository;
    private final LaneEvents events;
    private final RoomResolver resolver;
    private final StateViews views;
    private final StatePlanning planning;
    private final StateReader reader;
    private final SideLines lines;
    private final LaneKeyService keys;
    private final UserRefs users;

    CurrentResolver(
            LaneRepository repository,
            LaneEvents events,
            RoomResolver resolver,
            StateViews views,
            StatePlanning planning,
            StateReader reader,
            SideLines lines,
            LaneKeyService keys,
            UserRefs users) {
        this.repository = repository;
        this.events = events;
        this.resolver = resolver;
        this.views = views;
        this.planning = planning;
        this.reader = reader;
        this.lines = lines;
        this.keys = keys;
        this.users = users;
    }

    void resolve(Need.Resolve need) {
        var incoming = need.incoming();
        var reserved = incoming.reserved().orElseGet(() -> reserve(need));
        incoming.reserve(reserved);
        var own = view(need, reserved);
        var others = others(need);
        Map<StateHash, StateView> distinct = new LinkedHashMap<>();
        distinct.put(own.hash(), own);
        others.forEach(view -> distinct.putIfAbsent(view.hash(), view));
        var inputs = List.copyOf(distinct.values());
        var fresh =
                incoming.stateKey()
                        .map(key ->
                                new Fresh(
                                        reserved.eventNid(),
                                        key,
                                        reserved.keyNid(),
                                        incoming.pdu(),
                                        need.authNids()));
        var resolved =
                inputs.size() == 1
                        ? Map.<Long, Long>of()
                        : resolver.resolve(need.room(), inputs, fresh);
        var changes = changes(need, inputs, resolved, reserved);
        incoming.resolved(new Resolution(need.main().hash(), distinct.keySet(), changes));
    }

    private Reserved reserve(Need.Resolve need) {
        long eventNid = need.knownNid() != 0 ? need.knownNid() : repository.nextEventNid();
        long keyNid =
                need.incoming().stateKey().map(key -> keys.intern(need.room(), key)).orElse(0L);
        return new Reserved(eventNid, keyNid);
    }

    private StateView view(Need.Resolve need, Reserved reserved) {
        var before = need.assessment().before();
        if (reserved.keyNid() == 0) {
            return StateView.of(before);
        }
        var change =
                new StateChange(
                        reserved.keyNid(), need.assessment().replacedNid(), reserved.eventNid());
        return new StateView(
                before.ref(),
                Optional.of(change),
                planning.hashAfter(before.hash(), List.of(change)));
    }

    /// The states after the other extremities, which need not be stored either.
    private List<StateView> others(Need.Resolve need) {
        var found = new ArrayList<StateView>();
        for (var row : repository.findPlaced(need.room(), need.others().keySet())) {
            var hash = Objects.requireNonNull(need.others().get(row.eventNid()));
            found.add(view(need.room(), row, hash));
        }
        if (found.size() != need.others().size()) {
            throw new IllegalStateException(
                    "An extremity of room " + need.room().roomNid() + " has no place");
        }
        return found;
    }

    private StateView view(RoomRef room, PlacedRow row, StateHash hash) {
        if (row.ver() == 0) {
            return StateView.of(lines.version(room.roomNid(), new StateRef(row.line(), 1)));
        }
        var ref = new StateRef(row.line(), row.ver());
        if (row.keyNid() == 0 || row.standing() == Standing.REJECTED) {
            return new StateView(ref, Optional.empty(), hash);
        }
        long old =
                reader.events(room.roomNid(), ref, List.of(row.keyNid()))
                        .getOrDefault(row.keyNid(), 0L);
        return new StateView(
                ref, Optional.of(new StateChange(row.keyNid(), old, row.eventNid())), hash);
    }

    /// From the current state to the resolved one.
    private List<Changed> changes(
            Need.Resolve need,
            List<StateView> inputs,
            Map<Long, Long> resolved,
            Reserved reserved) {
        var main = StateView.of(need.main());
        var compared = new ArrayList<>(inputs);
        compared.add(main);
        var difference = views.compare(need.room().roomNid(), compared);
        var keyNids = new HashSet<>(difference.keys());
        keyNids.addAll(resolved.keySet());
        var changed = new ArrayList<StateChange>();
        for (long key : keyNids) {
            long now = difference.value(main, key);
            var wanted = resolved.get(key);
            long then = wanted != null ? wanted : difference.value(inputs.getFirst(), key);
            if (now != then) {
                changed.add(new StateChange(key, now, then));
            }
        }
        return describe(need, changed, reserved);
    }

    private List<Changed> describe(
            Need.Resolve need, List<StateChange> changed, Reserved reserved) {
        var names =
                repository.findKeys(
                        need.room(), changed.stream().map(StateChange::keyNid).toList());
        var bodies =
                new HashMap<>(
                        events.find(
                                need.room(),
                                changed.stream()
                                        .map(StateChange::newEventNid)
                                        .filter(nid -> nid != 0 && nid != reserved.eventNid())
                                        .collect(Collectors.toSet())));
        bodies.put(reserved.eventNid(), need.incoming().pdu());
        var members = new HashMap<StateKey, UserId>();
        names.values().forEach(key -> member(key).ifPresent(user -> members.put(key, user)));
        var nids = users.intern(members.values());
        return changed.stream()
                .map(change -> describe(change, names, bodies, members, nids))
                .toList();
    }

    private static Changed describe(
            StateChange change,
            Map<Long, StateKey> names,
            Map<Long, Pdu> bodies,
            Map<StateKey, UserId> members,
            Map<UserId, Long> nids) {
        var key = Objects.requireNonNull(names.get(change.keyNid()));
        var event = Optional.ofNullable(bodies.get(change.newEventNid()));
        if (event.isEmpty() && change.newEventNid() != 0) {
            throw new IllegalStateException("event " + change.newEventNid() + " is missing");
        }
        return new Changed(
                key, change, event, Optional.ofNullable(members.get(key)).map(nids::get));
    }

    private static Optional<UserId> member(StateKey key) {
        try {
            return key.type().equals("m.room.member")
                    ? Optional.of(new UserId(key.stateKey()))
                    : Optional.empty();
        } catch (MatrixException e) {
            return Optional.empty(); // other servers may set the membership of nobody
        }
    }
}
