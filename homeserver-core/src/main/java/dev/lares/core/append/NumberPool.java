package dev.lares.core.append;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import org.springframework.stereotype.Component;

/// Internal numbers taken from their sequences in advance, so that step 4 needs no round trip. They
/// say nothing of order, and those that are not used are lost. Used by the writer's thread only.
@Component
class NumberPool {
    private static final int RESERVE = 512;

    private final Supply events = new Supply("event_nid_seq");
    private final Supply stateKeys = new Supply("state_key_key_nid_seq");
    private final Supply rooms = new Supply("room_room_nid_seq");

    /// Makes sure that there are enough numbers. Outside a transaction.
    void require(Connection connection, int eventsWanted, int roomsWanted) throws SQLException {
        var message = new OneMessage();
        events.fill(message, eventsWanted);
        stateKeys.fill(message, eventsWanted);
        if (roomsWanted > 0) {
            rooms.fill(message, roomsWanted);
        }
        if (!message.isEmpty()) {
            message.send(connection);
        }
    }

    /// Numbers taken from a database that lost some may be given again by it.
    void forget() {
        events.free.clear();
        stateKeys.free.clear();
        rooms.free.clear();
    }

    long nextEvent() {
        return events.next();
    }

    long nextStateKey() {
        return stateKeys.next();
    }

    long nextRoom() {
        return rooms.next();
    }

    private static final class Supply {
        private final String sequence;
        private final ArrayDeque<Long> free = new ArrayDeque<>();

        Supply(String sequence) {
            this.sequence = sequence;
        }

        void fill(OneMessage message, int wanted) {
            if (free.size() < wanted) {
                message.ask(
                        "SELECT nextval(?::regclass) FROM generate_series(1, ?)",
                        row -> free.add(row.getLong(1)),
                        sequence,
                        wanted + RESERVE);
            }
        }

        long next() {
            return free.remove();
        }
    }
}
