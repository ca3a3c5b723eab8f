package dev.lares.client.slidingsync;

import dev.lares.core.room.Viewer;

/// Where a connection belongs.
///
/// @param device the user's device, or the token where it belongs to no device
/// @param connId the client's name for it; may be empty
record ConnectionKey(long userNid, String device, String connId) {
    static ConnectionKey of(SlidingRequest request) {
        return new ConnectionKey(
                request.requester().userNid(),
                Viewer.transactionScope(request.requester()),
                request.connId());
    }
}
