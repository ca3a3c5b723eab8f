package dev.lares.core.append;

import dev.lares.core.event.EventDraft;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.room.RoomRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An item with all that can be known of it without a lock.
///
/// @param room that there is already
/// @param users internal numbers of all users that the drafts name
/// @param accounts that are locked for it
/// @param stateKeys places of the room's state that its drafts are authorised by, or change
/// @param threadRoots events that its drafts name as roots of their threads
record Prepared(
        QueuedItem queued,
        Optional<RoomRef> room,
        Map<UserId, Long> users,
        Set<Long> accounts,
        Set<StateKey> stateKeys,
        Set<EventId> threadRoots) {
    AppendItem item() {
        return queued.item();
    }

    List<EventDraft> drafts() {
        return item().drafts();
    }

    Optional<TransactionKey> transaction() {
        return item().transaction();
    }

    long userNid(UserId userId) {
        var nid = users.get(userId);
        if (nid == null) {
            throw new IllegalStateException("Nobody interned " + userId);
        }
        return nid;
    }
}
