package dev.lares.core.search;

import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import java.util.ArrayList;
import java.util.List;

/// Where a user searches: rooms that they are or were in.
///
/// @param untils of each room, the position up to which it is theirs to read
record SearchScope(List<Long> roomNids, List<Long> untils) {
    /// So few rooms are found by the index; of more, what else was found is sorted out.
    private static final int BY_INDEX_MAX = 64;

    SearchScope {
        roomNids = List.copyOf(roomNids);
        untils = List.copyOf(untils);
    }

    static SearchScope of(List<RoomMembership> rooms) {
        var roomNids = new ArrayList<Long>();
        var untils = new ArrayList<Long>();
        for (var room : rooms) {
            roomNids.add(room.roomNid());
            untils.add(
                    room.membership() == Membership.JOIN ? Long.MAX_VALUE : room.since().value());
        }
        return new SearchScope(roomNids, untils);
    }

    boolean isEmpty() {
        return roomNids.isEmpty();
    }

    String query(SearchTerm term) {
        return roomNids.size() > BY_INDEX_MAX
                ? term.query()
                : "(" + Lexemes.rooms(roomNids) + ") & " + term.query();
    }
}
