package dev.lares.client.sync;

import dev.lares.core.membership.RoomSummaries.SummaryBasis;
import java.util.Optional;

/// What an answer tells of a room's timeline and state, ready to be written.
///
/// @param members `timeline` and `state` or `state_after`, without braces around them
/// @param says whether there are events or a gap in it
/// @param summary what the summary is made from, where it is told
record ToldRoom(JsonBuffer members, Says says, Optional<SummaryBasis> summary) {
    /// Whether there is anything to tell.
    enum Says {
        SOMETHING,
        NOTHING
    }
}
