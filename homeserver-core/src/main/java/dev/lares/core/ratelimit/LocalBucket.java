package dev.lares.core.ratelimit;

/// The tokens that this replica has drawn for one subject, and until when there are none to draw.
final class LocalBucket {
    /// What is not used within this time is given up, so that it does not add to a bucket that has
    /// become full meanwhile.
    private static final long KEPT_MILLIS = 60_000;

    private int held;
    private long keptUntil;
    private long emptyUntil;

    synchronized boolean take(int tokens, long now) {
        if (!has(tokens, now)) {
            return false;
        }
        held -= tokens;
        return true;
    }

    synchronized boolean has(int tokens, long now) {
        if (now > keptUntil) {
            held = 0;
        }
        return held >= tokens;
    }

    synchronized void add(int tokens, long now) {
        held += tokens;
        keptUntil = now + KEPT_MILLIS;
    }

    synchronized void emptyUntil(long time) {
        emptyUntil = time;
    }

    /// Milliseconds until there may be a token again.
    synchronized long waitMillis(long now) {
        return Math.max(0, emptyUntil - now);
    }
}
