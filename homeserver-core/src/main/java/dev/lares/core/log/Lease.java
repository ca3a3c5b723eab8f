package dev.lares.core.log;

/// The right to do a piece of singleton work for a while. Not a lock: each write that it allows
/// also says `AND epoch = :epoch`, or follows a [Leases#require] in the same transaction, because a
/// holder that was stopped may come back late.
public final class Lease {
    private final String name;
    private final long epoch;
    private volatile long validUntilNanos;

    Lease(String name, long epoch, long validUntilNanos) {
        this.name = name;
        this.epoch = epoch;
        this.validUntilNanos = validUntilNanos;
    }

    public String name() {
        return name;
    }

    /// Raised by each takeover.
    public long epoch() {
        return epoch;
    }

    /// Whether it is certainly still ours. Counted from before the database was asked, less a
    /// fifth.
    public boolean isValid() {
        return validUntilNanos - System.nanoTime() > 0;
    }

    void extend(long untilNanos) {
        validUntilNanos = untilNanos;
    }

    void end() {
        validUntilNanos = System.nanoTime();
    }
}
