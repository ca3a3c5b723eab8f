package dev.lares.client.roomhead;

import dev.lares.core.event.StateKey;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.HistoryVisibility;
import org.jspecify.annotations.Nullable;

/// What stands at a place of a room's state from a position on, ready to be written.
///
/// @param pos 0 for what stood there at the head's floor
/// @param nid internal number of the event; 0 where the place was emptied, and then there is no
///   more
/// @param membership what an `m.room.member` sets, null for others
/// @param visibility what an `m.room.history_visibility` sets, null for others
/// @param json of [dev.lares.core.room.SharedRendering]; not to be changed
public record HeadState(
        StateKey key,
        long pos,
        long nid,
        String sender,
        long originServerTs,
        @Nullable Membership membership,
        @Nullable HistoryVisibility visibility,
        ReadyJson json) {
    private static final int OVERHEAD_BYTES = 220;

    public boolean isGone() {
        return nid == 0;
    }

    HeadState atFloor() {
        return new HeadState(key, 0, nid, sender, originServerTs, membership, visibility, json);
    }

    int sizeBytes() {
        return OVERHEAD_BYTES + json.length();
    }
}
