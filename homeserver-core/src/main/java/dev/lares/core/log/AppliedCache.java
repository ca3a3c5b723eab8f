package dev.lares.core.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongFunction;

/// Remembers what was read from the log's tables by the internal number of a room or user, until an
/// applied batch changes it. A value whose reading began before such a change is handed to its
/// caller and not remembered.
public final class AppliedCache<V> {
    private static final int STRIPES = 1024;

    private final AtomicLongArray changes = new AtomicLongArray(STRIPES);
    private final Cache<Long, V> values;

    /// @param bytesMax what all values together may weigh
    /// @param weigher the bytes of one value
    public AppliedCache(long bytesMax, Weigher<Long, V> weigher) {
        values = Caffeine.newBuilder().maximumWeight(bytesMax).weigher(weigher).build();
    }

    /// The remembered value, else what the reader finds; the reader may block.
    public V get(long nid, LongFunction<V> reader) {
        var known = values.getIfPresent(nid);
        if (known != null) {
            return known;
        }
        int stripe = stripe(nid);
        long before = changes.get(stripe);
        var read = reader.apply(nid);
        values.asMap().compute(nid, (key, old) -> changes.get(stripe) == before ? read : old);
        return read;
    }

    /// Forgets a value. Called from [AppliedBatch.Listener#applied], before the batch's position is
    /// shown.
    public void invalidate(long nid) {
        // The count first: a reader that is under way must not put its value in after the removal.
        changes.incrementAndGet(stripe(nid));
        values.asMap().remove(nid);
    }

    /// Forgets all values, for [AppliedBatch.Listener#movedOn].
    public void invalidateAll() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            changes.incrementAndGet(stripe);
        }
        values.asMap().clear();
    }

    private static int stripe(long nid) {
        return Long.hashCode(nid * 0x9E3779B97F4A7C15L) & (STRIPES - 1);
    }
}
