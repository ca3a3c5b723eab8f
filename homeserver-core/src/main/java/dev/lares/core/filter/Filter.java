package dev.lares.core.filter;

import java.util.List;
import java.util.Optional;

/// A whole
/// [filter](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridfilter)
/// for a sync.
///
/// @param eventFields dot-separated paths; absent: all
/// @param rooms absent: all rooms
public record Filter(
        Optional<List<String>> eventFields,
        EventFormat eventFormat,
        EventFilter presence,
        EventFilter accountData,
        Optional<List<String>> rooms,
        List<String> notRooms,
        EventFilter ephemeral,
        LeftRooms leftRooms,
        EventFilter state,
        EventFilter timeline,
        EventFilter roomAccountData) {

    /// Events in a room's timeline where the filter does not say.
    public static final int TIMELINE_LIMIT_DEFAULT = 10;

    /// What a client gets that names no filter.
    public static final Filter DEFAULT =
            new Filter(
                    Optional.empty(),
                    EventFormat.CLIENT,
                    EventFilter.all(EventFilter.LIMIT_MAX),
                    EventFilter.all(EventFilter.LIMIT_MAX),
                    Optional.empty(),
                    List.of(),
                    EventFilter.all(EventFilter.LIMIT_MAX),
                    LeftRooms.LEAVE_OUT,
                    EventFilter.all(EventFilter.LIMIT_MAX),
                    EventFilter.all(TIMELINE_LIMIT_DEFAULT),
                    EventFilter.all(EventFilter.LIMIT_MAX));

    public Filter {
        eventFields = eventFields.map(List::copyOf);
        rooms = rooms.map(List::copyOf);
        notRooms = List.copyOf(notRooms);
    }

    public boolean wantsRoom(String roomId) {
        return !notRooms.contains(roomId) && (rooms.isEmpty() || rooms.get().contains(roomId));
    }

    /// How events are written.
    public enum EventFormat {
        CLIENT,
        FEDERATION
    }

    /// Whether rooms that the user has left come with an initial sync.
    public enum LeftRooms {
        LEAVE_OUT,
        INCLUDE
    }
}
