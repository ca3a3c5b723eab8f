package dev.lares.core.append;

import dev.lares.core.auth.RoomState;
import dev.lares.core.event.Pdu;

/// What the default push rules say of an event for everyone alike: seam to `core.push`.
///
/// @param notifies 1 where it notifies, else 0
/// @param highlights 1 where it highlights for everyone, else 0
record PushVerdict(int notifies, int highlights) {
    static PushVerdict of(Pdu event, RoomState before) {
        return new PushVerdict(
                event.type().equals("m.room.message") || event.type().equals("m.room.encrypted")
                        ? 1
                        : 0,
                0);
    }

    boolean counts() {
        return notifies + highlights > 0;
    }
}
