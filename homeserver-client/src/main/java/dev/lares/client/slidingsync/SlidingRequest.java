package dev.lares.client.slidingsync;

import dev.lares.core.id.RoomId;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a client asks of a sliding sync, however it was spelled.
///
/// @param pos absent for a new connection
/// @param txnId told again with the answer
record SlidingRequest(
        Requester requester,
        Spelling spelling,
        String connId,
        Optional<String> pos,
        Optional<String> txnId,
        Rules rules) {

    /// What tells which rooms are wanted, and what of them.
    ///
    /// @param lists in the order of the request
    record Rules(
            List<SlidingList> lists, Map<RoomId, RoomConfig> subscriptions, Extensions extensions) {
        Rules {
            lists = List.copyOf(lists);
            subscriptions = Map.copyOf(subscriptions);
        }
    }

    /// @param toDeviceLimit most messages of an answer
    /// @param toDeviceSince what the client has got of them
    record Extensions(
            ExtensionScope.Wanted toDevice,
            int toDeviceLimit,
            Optional<String> toDeviceSince,
            ExtensionScope.Wanted e2ee,
            ExtensionScope accountData,
            ExtensionScope receipts,
            ExtensionScope typing) {}

    /// How requests and answers are spelled.
    enum Spelling {
        /// `org.matrix.simplified_msc3575`.
        UNSTABLE,
        /// As accepted.
        STABLE
    }
}
