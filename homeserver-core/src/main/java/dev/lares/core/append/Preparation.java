package dev.lares.core.append;

import dev.lares.core.auth.AuthEventSelection;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.StreamRow;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.roomversion.RoomVersionRules;
import dev.lares.core.user.UserRefs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Step 0 of an append, before its transaction: finds rooms, interns users, and lists what the item
/// will have to lock and to know. Two batches that intern in different orders inside their
/// transactions would wait for each other.
@Component
class Preparation {
    private static final StateKey CREATE = new StateKey("m.room.create", "");
    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");

    private final RoomRefs rooms;
    private final UserRefs users;
    private final HostedDomains domains;

    Preparation(RoomRefs rooms, UserRefs users, HostedDomains domains) {
        this.rooms = rooms;
        this.users = users;
        this.domains = domains;
    }

    /// Items that cannot be prepared are refused at once: nothing they rest on can change.
    List<Prepared> prepare(List<QueuedItem> batch) {
        var drafted = new ArrayList<QueuedItem>(batch.size());
        var wanted = new HashSet<UserId>();
        for (var queued : batch) {
            try {
                wanted.addAll(namedUsers(queued));
                drafted.add(queued);
            } catch (MatrixException refusal) {
                queued.answer().completeExceptionally(refusal);
            }
        }
        var nids = users.intern(wanted);
        nids.putAll(users.findAll(mentionedUsers(drafted)));
        var prepared = new ArrayList<Prepared>(drafted.size());
        for (var queued : drafted) {
            try {
                prepared.add(prepare(queued, nids));
            } catch (MatrixException refusal) {
                queued.answer().completeExceptionally(refusal);
            }
        }
        return prepared;
    }

    private Prepared prepare(QueuedItem queued, Map<UserId, Long> nids) {
        var item = queued.item();
        var named = new HashMap<UserId, Long>();
        var all = namedUsers(queued);
        all.addAll(mentionedUsers(List.of(queued)));
        for (var user : all) {
            var nid = nids.get(user);
            if (nid != null) {
                named.put(user, nid);
            }
        }
        var accounts = new HashSet<Long>();
        item.rows().stream().map(StreamRow::userNid).filter(nid -> nid != 0).forEach(accounts::add);
        var room = Optional.<RoomRef>empty();
        var stateKeys = new HashSet<StateKey>();
        if (item.room().isPresent()) {
            switch (item.room().get()) {
                case TargetRoom.Existing existing -> {
                    var found = findRoom(existing);
                    room = Optional.of(found);
                    stateKeys.addAll(stateKeys(queued, found.version().rules()));
                }
                // The lock by which a batch of unknown outcome is found again, and repetitions
                // meet.
                case TargetRoom.New ignored ->
                        item.drafts().stream()
                                .map(draft -> named.get(draft.sender()))
                                .forEach(accounts::add);
            }
        }
        if (room.isEmpty()) {
            item.transaction().ifPresent(key -> accounts.add(key.userNid()));
        }
        return new Prepared(queued, room, named, accounts, stateKeys, threadRoots(queued));
    }

    private RoomRef findRoom(TargetRoom.Existing existing) {
        return rooms.find(existing.roomId())
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "No such room"));
    }

    private static Set<UserId> namedUsers(QueuedItem queued) {
        var named = new HashSet<UserId>();
        for (var draft : queued.item().drafts()) {
            named.add(draft.sender());
            EventOutline.of(draft).member().ifPresent(named::add);
        }
        for (var pdu : queued.received()) {
            named.add(pdu.sender());
            EventOutline.of(pdu).memberIfAny().ifPresent(named::add);
        }
        return named;
    }

    private static List<EventOutline> outlines(QueuedItem queued) {
        return Stream.concat(
                        queued.item().drafts().stream().map(EventOutline::of),
                        queued.received().stream().map(EventOutline::of))
                .toList();
    }

    /// Local users that the drafts
    /// [mention](https://spec.matrix.org/v1.19/client-server-api/#user-and-room-mentions), for whom
    /// their counts differ. Whoever has no number yet has nothing to read, either.
    private Set<UserId> mentionedUsers(List<QueuedItem> batch) {
        var mentioned = new HashSet<UserId>();
        for (var queued : batch) {
            for (var outline : outlines(queued)) {
                for (var element : outline.mentioned()) {
                    localUser(element).ifPresent(mentioned::add);
                }
            }
        }
        return mentioned;
    }

    private Optional<UserId> localUser(JsonNode element) {
        try {
            return element.stringValueOpt().map(UserId::new).filter(domains::isLocal);
        } catch (MatrixException e) {
            return Optional.empty(); // nobody's ID
        }
    }

    private static Set<StateKey> stateKeys(QueuedItem queued, RoomVersionRules rules) {
        var keys = new HashSet<StateKey>();
        for (var draft : queued.item().drafts()) {
            keys.addAll(AuthEventSelection.of(draft, rules));
        }
        for (var pdu : queued.received()) {
            keys.addAll(AuthEventSelection.of(pdu));
        }
        for (var outline : outlines(queued)) {
            keys.add(CREATE);
            keys.add(POWER_LEVELS);
            outline.stateKey().ifPresent(key -> keys.add(new StateKey(outline.type(), key)));
        }
        return keys;
    }

    private static Set<EventId> threadRoots(QueuedItem queued) {
        var roots = new HashSet<EventId>();
        outlines(queued).forEach(outline -> outline.threadRoot().ifPresent(roots::add));
        return roots;
    }
}
