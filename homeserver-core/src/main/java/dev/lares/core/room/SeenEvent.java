package dev.lares.core.room;

import dev.lares.core.membership.Membership;

/// An event that a user may see.
///
/// @param membership of that user at the event, the event's own effect included; `leave` where they
///   had none
public record SeenEvent(TimelineEvent row, Membership membership) {
    public StoredEvent event() {
        return row.event();
    }
}
