package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomLabels.Labels;
import dev.lares.client.sync.SyncContext;
import dev.lares.client.sync.SyncRequest;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.filter.Filter;
import dev.lares.core.log.Position;
import dev.lares.core.room.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one answer is built from.
///
/// @param to bounds every query: nothing behind it is told
/// @param ignored users whose messages and invitations the viewer does not want
/// @param knownMembers of each room, the internal numbers of membership events that the client has
record AnswerContext(
        SlidingRequest request,
        Base base,
        Viewer viewer,
        Position to,
        Set<String> ignored,
        Labels labels,
        Map<Long, Set<Long>> knownMembers) {

    /// For what is shared with the other sync.
    ///
    /// @param timelineLimit most events of a room
    SyncContext shared(int timelineLimit) {
        var any = Filter.DEFAULT;
        var filter =
                new Filter(
                        any.eventFields(),
                        any.eventFormat(),
                        any.presence(),
                        any.accountData(),
                        any.rooms(),
                        any.notRooms(),
                        any.ephemeral(),
                        any.leftRooms(),
                        any.state(),
                        EventFilter.all(timelineLimit),
                        any.roomAccountData());
        var asked =
                new SyncRequest(
                        request.requester(),
                        filter,
                        base.isFresh() ? Optional.empty() : Optional.of(base.upTo()),
                        0,
                        SyncRequest.FullState.CHANGES,
                        SyncRequest.StateForm.AFTER);
        return new SyncContext(asked, viewer, to, ignored, List.of());
    }

    boolean isDirect(SelectedRoom room) {
        return labels.direct().contains(room.roomId().value());
    }
}
