package dev.lares.core.append;

import dev.lares.core.auth.AuthEventSelection;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
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
                    stateKeys.addAll(stateKeys(item.drafts(), found.version().rules()));
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
        return new Prepared(queued, room, named, accounts, stateKeys, threadRoots(item.drafts()));
    }

    private RoomRef findRoom(TargetRoom.Existing existing) {
        return rooms.find(existing.roomId())
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "No such room"));
    }

    private static Set<UserId> namedUsers(QueuedItem queued) {
        var named = new HashSet<UserId>();
        for (var draft : queued.item().drafts()) {
            named.add(draft.sender());
            if (draft.type().equals("m.room.member") && draft.stateKey().isPresent()) {
                named.add(new UserId(draft.stateKey().get()));
            }
        }
        return named;
    }

    /// Local users that the drafts
    /// [mention](https://spec.matrix.org/v1.19/client-server-api/#user-and-room-mentions), for whom
    /// their counts differ. Whoever has no number yet has nothing to read, either.
    private Set<UserId> mentionedUsers(List<QueuedItem> batch) {
        var mentioned = new HashSet<UserId>();
        for (var queued : batch) {
            for (var draft : queued.item().drafts()) {
                for (var element : draft.content().path("m.mentions").path("user_ids")) {
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

    private static Set<StateKey> stateKeys(List<EventDraft> drafts, RoomVersionRules rules) {
        var keys = new HashSet<StateKey>();
        for (var draft : drafts) {
            keys.add(CREATE);
            keys.add(POWER_LEVELS);
            keys.addAll(AuthEventSelection.of(draft, rules));
            draft.stateKey().ifPresent(key -> keys.add(new StateKey(draft.type(), key)));
        }
        return keys;
    }

    private static Set<EventId> threadRoots(List<EventDraft> drafts) {
        var roots = new HashSet<EventId>();
        drafts.forEach(draft -> threadRoot(draft).ifPresent(roots::add));
        return roots;
    }

    /// [The thread](https://spec.matrix.org/v1.19/client-server-api/#threading) that a draft
    /// belongs to.
    static Optional<EventId> threadRoot(EventDraft draft) {
        var relation = draft.content().path("m.relates_to");
        if (draft.stateKey().isPresent()
                || !relation.path("rel_type").stringValueOpt().orElse("").equals("m.thread")) {
            return Optional.empty();
        }
        try {
            return relation.path("event_id").stringValueOpt().map(EventId::new);
        } catch (MatrixException e) {
            return Optional.empty(); // of no thread that there can be
        }
    }
}
