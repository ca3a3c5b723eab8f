package dev.lares.core.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.log.LogReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Finds rooms whose main line has grown old, by following the log, and renews their roots. One
/// replica does it for all rooms: renewals are rare, and one after another spares the database. A
/// room is looked at when its state changes, and then not before it can have grown enough.
@Component
class RootRenewalWorker implements LogReader {
    /// Rooms that are not remembered are looked at whenever they change.
    private static final int ROOMS_MAX = 100_000;

    /// About as many versions as one batch gives a room; what has more is only seen a little later.
    private static final int VERSIONS_A_BATCH = 256;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MainLines mainLines;
    private final RootRenewal renewal;
    private final Timer renewals;

    /// How many batches of each room may pass unseen. Used by the reader's thread only.
    private final Cache<Long, Integer> unseen =
            Caffeine.newBuilder().maximumSize(ROOMS_MAX).build();

    private long epoch;

    RootRenewalWorker(MainLines mainLines, RootRenewal renewal, MeterRegistry meters) {
        this.mainLines = mainLines;
        this.renewal = renewal;
        renewals =
                Timer.builder("lares.state.renewal")
                        .description("Copies of rooms' states that left old entries behind")
                        .register(meters);
    }

    @Override
    public String name() {
        return "state.renewal";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public Start start() {
        return Start.OLDEST;
    }

    @Override
    public void read(AppliedBatch batch, Lease lease) {
        if (lease.epoch() != epoch) {
            // Others have read in between.
            unseen.invalidateAll();
            epoch = lease.epoch();
        }
        if (batch.streams().contains(MainChange.STREAM)) {
            look(batch.rooms().stream().filter(this::isDue).toList(), lease);
        }
    }

    private boolean isDue(long roomNid) {
        var left = unseen.getIfPresent(roomNid);
        if (left == null || left == 0) {
            return true;
        }
        unseen.put(roomNid, left - 1);
        return false;
    }

    private void look(List<Long> roomNids, Lease lease) {
        mainLines
                .tips(roomNids)
                .forEach((roomNid, tip) -> {
                    if (mainLines.planner().needsRenewal(tip)) {
                        renew(roomNid, lease);
                    } else {
                        var entries = mainLines.planner().entriesUntilRenewal(tip);
                        unseen.put(roomNid, entries / VERSIONS_A_BATCH);
                    }
                });
    }

    private void renew(long roomNid, Lease lease) {
        long begun = System.nanoTime();
        if (renewal.renewIfNeeded(roomNid, lease)) {
            renewals.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }
}
