package dev.lares.client.slidingsync;

import java.util.Optional;
import java.util.Set;

/// For which rooms an extension is asked.
///
/// @param lists names of lists; absent: all
/// @param rooms IDs of subscribed rooms; absent: all
record ExtensionScope(Wanted wanted, Optional<Set<String>> lists, Optional<Set<String>> rooms) {
    static final ExtensionScope NONE =
            new ExtensionScope(Wanted.NO, Optional.empty(), Optional.empty());

    ExtensionScope {
        lists = lists.map(Set::copyOf);
        rooms = rooms.map(Set::copyOf);
    }

    enum Wanted {
        YES,
        NO
    }

    boolean enabled() {
        return wanted == Wanted.YES;
    }

    boolean covers(SelectedRoom room) {
        if (!enabled()) {
            return false;
        }
        boolean inList =
                lists.map(names -> room.lists().stream().anyMatch(names::contains))
                        .orElse(!room.lists().isEmpty());
        return inList
                || (room.isSubscribed()
                        && rooms.map(ids -> ids.contains(room.roomId().value())).orElse(true));
    }
}
