package dev.lares.client.slidingsync;

import dev.lares.core.log.Position;

/// What a client was told of a room on a connection.
///
/// @param config what was asked for when it was told
/// @param limit how many of the room's newest events the client has at least, without a gap
/// @param upTo what happened up to here was told; [#LIVE] where that is the position of the token
/// @param marks of [Mark]
record SentRoom(RoomConfig config, int limit, Position upTo, int marks) {
    static final Position LIVE = Position.ZERO;

    /// Stands for all events of a room.
    static final int EVERYTHING = 1_000_000;

    /// What else the client knows.
    enum Mark {
        /// That it is a direct message.
        DIRECT(1),
        /// The room's account data, as far as the room was told.
        ACCOUNT_DATA(2),
        /// The receipts, as far as the room was told.
        RECEIPTS(4),
        /// What is unread, as far as the room was told.
        COUNTS(8);

        /// As it is written down.
        private final int bit;

        Mark(int bit) {
            this.bit = bit;
        }
    }

    boolean isLive() {
        return upTo.equals(LIVE);
    }

    boolean has(Mark mark) {
        return (marks & mark.bit) != 0;
    }

    SentRoom with(Mark mark) {
        return new SentRoom(config, limit, upTo, marks | mark.bit);
    }

    SentRoom without(Mark mark) {
        return new SentRoom(config, limit, upTo, marks & ~mark.bit);
    }

    SentRoom live() {
        return isLive() ? this : new SentRoom(config, limit, LIVE, marks);
    }

    /// The same where the client was told only up to a position.
    SentRoom since(Position position) {
        return isLive() ? new SentRoom(config, limit, position, marks) : this;
    }

    SentRoom told(RoomConfig newConfig, int newLimit) {
        return new SentRoom(newConfig, newLimit, upTo, marks);
    }
}
