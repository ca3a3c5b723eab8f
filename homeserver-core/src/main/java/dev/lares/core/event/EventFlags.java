package dev.lares.core.event;

/// How an event stands in its room: what the bits of the column `event.flags` mean. Statements that
/// test them name the bits in a comment.
///
/// @param bits as stored
public record EventFlags(int bits) {
    /// An event that takes part in its room.
    public static final EventFlags ACCEPTED = new EventFlags(0);

    /// Kept because others cite it; neither its place in the graph nor the state before it is
    /// known.
    public static final EventFlags OUTLIER = new EventFlags(1);

    /// Not accepted by the state that was current when it came.
    public static final EventFlags SOFT_FAILED = new EventFlags(2);

    /// Not allowed by its auth events or by the state before it.
    public static final EventFlags REJECTED = new EventFlags(4);

    /// Its content did not have the hash that it claims, so that it was redacted.
    public static final EventFlags REDACTED_ON_RECEIPT = new EventFlags(8);

    private static final EventFlags NOT_SHOWN = OUTLIER.and(SOFT_FAILED).and(REJECTED);

    public EventFlags and(EventFlags other) {
        return new EventFlags(bits | other.bits);
    }

    public boolean isOutlier() {
        return hasAny(OUTLIER);
    }

    public boolean isSoftFailed() {
        return hasAny(SOFT_FAILED);
    }

    public boolean isRejected() {
        return hasAny(REJECTED);
    }

    /// Whether it is neither rejected, nor soft-failed, nor without its place in the graph: what
    /// readers may be shown.
    public boolean isAccepted() {
        return !hasAny(NOT_SHOWN);
    }

    private boolean hasAny(EventFlags of) {
        return (bits & of.bits) != 0;
    }
}
