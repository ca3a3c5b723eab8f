package dev.lares.core.room;

import dev.lares.core.id.UserId;
import dev.lares.core.web.Requester;

/// For whom events are shown.
///
/// @param transactionScope under which this user's device sends, see
///   [TransactionKey][dev.lares.core.log.TransactionKey#scope]
public record Viewer(UserId userId, long userNid, String transactionScope) {
    public static Viewer of(Requester requester) {
        return new Viewer(requester.userId(), requester.userNid(), transactionScope(requester));
    }

    /// The device, or the token where it belongs to no device.
    public static String transactionScope(Requester requester) {
        return requester
                .deviceId()
                .map(device -> "device:" + device.value())
                .orElseGet(() -> "token:" + requester.tokenNid());
    }
}
