package dev.lares.client.slidingsync;

import dev.lares.core.id.RoomId;
import java.util.Set;

/// A room that a request wants to hear of.
///
/// @param config of all rules that the room matches together
/// @param lists names of the lists in whose windows it is
record SelectedRoom(ListedRoom room, RoomConfig config, Set<String> lists, Subscribed subscribed) {
    SelectedRoom {
        lists = Set.copyOf(lists);
    }

    enum Subscribed {
        YES,
        NO
    }

    boolean isSubscribed() {
        return subscribed == Subscribed.YES;
    }

    long roomNid() {
        return room.roomNid();
    }

    RoomId roomId() {
        return room.ref().roomId();
    }
}
