package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.SentRoom.Mark;
import dev.lares.core.log.Position;
import java.util.Optional;

/// A room of which an answer may have something to tell.
///
/// @param sent what the client was told before, where it still counts
/// @param from up to where; zero where all is told
/// @param counts whether what is unread changed without an event
record RoomNews(SelectedRoom selected, Optional<SentRoom> sent, Position from, Counts counts) {
    enum Counts {
        CHANGED,
        SAME
    }

    boolean isInitial() {
        return sent.isEmpty();
    }

    /// Whether older events are told too, since more are asked for than before.
    boolean expandsTimeline() {
        return sent.filter(before -> selected.config().timelineLimit() > before.limit())
                .isPresent();
    }

    /// Whether more of the state may be asked for than before.
    boolean expandsState() {
        return sent.filter(before ->
                        !before.config().required().containsAll(selected.config().required()))
                .isPresent();
    }

    boolean changesDirect(AnswerContext context) {
        return sent.filter(before -> before.has(Mark.DIRECT) != context.isDirect(selected))
                .isPresent();
    }

    /// Whether the user was not in the room since the client heard of it, so that the room's state
    /// is not theirs to see.
    boolean isOutside() {
        var room = selected.room();
        return switch (room.membership().membership()) {
            case JOIN -> false;
            case INVITE, KNOCK -> true;
            case LEAVE, BAN -> room.lastStay().filter(stay -> stay.left().isAfter(from)).isEmpty();
        };
    }

    long roomNid() {
        return selected.roomNid();
    }
}
