package dev.lares.client.slidingsync;

import dev.lares.core.log.Position;
import dev.lares.core.position.ConnectionToken;

/// What an answer builds on: what the client was told before on its connection.
///
/// @param asked the token that the client has shown; of a new connection one with the serial 0
/// @param serial of `sent`
/// @param upTo what happened up to here was told, but where `sent` says otherwise
record Base(
        ConnectionKey key,
        Connection connection,
        ConnectionToken asked,
        int serial,
        SentRooms sent,
        Position upTo) {
    /// Serial of the token of a client that was told nothing yet.
    static final int NOTHING = 0;

    boolean isFresh() {
        return serial == NOTHING;
    }

    /// Up to where the client was told of a room.
    Position upTo(SentRoom room) {
        return room.isLive() ? upTo : room.upTo();
    }

    /// The token of an answer that brings the client here.
    ConnectionToken token() {
        return new ConnectionToken(asked.epoch(), serial, upTo);
    }

    /// The same with nothing more to tell up to a later position.
    Base at(int newSerial, SentRooms newSent, Position newUpTo) {
        return new Base(key, connection, asked, newSerial, newSent, newUpTo);
    }
}
