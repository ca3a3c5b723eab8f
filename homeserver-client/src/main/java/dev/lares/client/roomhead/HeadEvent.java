package dev.lares.client.roomhead;

import dev.lares.core.membership.Membership;
import dev.lares.core.relations.SharedRelations;
import dev.lares.core.room.HistoryVisibility;
import dev.lares.core.room.SentBy;
import org.jspecify.annotations.Nullable;

/// An event of a timeline, ready to be written but for what depends on who gets it.
///
/// @param stateKey null where it is not state
/// @param before visibility of the history at the event
/// @param after the same, the event's own effect included
/// @param membership what an `m.room.member` sets, null for others
/// @param hasUrl whether there is a text at `content.url`
/// @param sentBy null where no device of ours sent it with a transaction ID
/// @param json of [dev.lares.core.room.SharedRendering], without what relates to the event; not to
///   be changed
/// @param relations what relates to it, null for nothing
public record HeadEvent(
        long nid,
        String type,
        @Nullable String stateKey,
        String sender,
        long originServerTs,
        Showing showing,
        HistoryVisibility before,
        HistoryVisibility after,
        @Nullable Membership membership,
        boolean hasUrl,
        @Nullable SentBy sentBy,
        ReadyJson json,
        @Nullable SharedRelations relations) {
    private static final int OVERHEAD_BYTES = 200;

    public boolean isState() {
        return stateKey != null;
    }

    HeadEvent with(@Nullable SharedRelations found) {
        return new HeadEvent(
                nid,
                type,
                stateKey,
                sender,
                originServerTs,
                showing,
                before,
                after,
                membership,
                hasUrl,
                sentBy,
                json,
                found);
    }

    /// Whether this is the state event of that type and state key.
    public boolean is(String otherType, String otherStateKey) {
        return otherStateKey.equals(stateKey) && type.equals(otherType);
    }

    int sizeBytes() {
        return OVERHEAD_BYTES + json.length() + (relations == null ? 0 : relations.sizeBytes());
    }

    /// To whom an event can be shown from here.
    public enum Showing {
        /// To everybody who may see it.
        USUAL,
        /// To nobody: rejected, or a redaction that does not apply.
        NOBODY,
        /// Only by asking the log: it stands on a fork, or brings the content of an earlier event
        /// that not all members may see.
        SINGLY
    }
}
