package dev.lares.core.room;

/// Which device sent an event, and under which transaction ID, which is for that device only.
///
/// @param scope as [Viewer#transactionScope]
public record SentBy(long userNid, String scope, String txnId) {
    public boolean isOf(Viewer viewer) {
        return userNid == viewer.userNid() && scope.equals(viewer.transactionScope());
    }
}
