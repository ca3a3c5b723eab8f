package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.SlidingRequest.Rules;
import dev.lares.core.position.ConnectionToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What this replica remembers of a connection. All of it can be lost: what was told is in the
/// database, and the rest only saves work.
final class Connection {
    /// Serials that are remembered; the others are loaded.
    private static final int SERIALS_MAX = 3;

    private static final int OVERHEAD_BYTES = 1_000;

    private final long epoch;
    private final Map<Integer, SentRooms> bySerial = new LinkedHashMap<>();
    private final LazyMembers members = new LazyMembers();
    private Instant usedAt;
    private @Nullable Settled settled;

    /// @param usedAt when the database last heard of it
    Connection(long epoch, Instant usedAt) {
        this.epoch = epoch;
        this.usedAt = usedAt;
    }

    /// With these rules nothing was left to tell of what the serial's answer did not tell.
    ///
    /// @param counts of the lists then
    record Settled(int serial, Rules rules, Map<String, Integer> counts) {}

    long epoch() {
        return epoch;
    }

    synchronized Optional<SentRooms> find(int serial) {
        return Optional.ofNullable(bySerial.get(serial));
    }

    synchronized void remember(int serial, SentRooms sent) {
        bySerial.put(serial, sent);
        while (bySerial.size() > SERIALS_MAX) {
            bySerial.remove(bySerial.keySet().iterator().next());
        }
    }

    synchronized Optional<Settled> settled(int serial, Rules rules) {
        return Optional.ofNullable(settled)
                .filter(known -> known.serial() == serial && known.rules().equals(rules));
    }

    synchronized void settle(Optional<Settled> now) {
        settled = now.orElse(null);
    }

    /// Whether the database has to hear that it is in use; then it is taken as told.
    synchronized boolean isUnheardSince(Instant time, Instant now) {
        if (usedAt.isAfter(time)) {
            return false;
        }
        usedAt = now;
        return true;
    }

    /// Of each room, the members that whoever shows this token knows.
    synchronized Map<Long, Set<Long>> knownMembers(ConnectionToken asked) {
        return members.knownTo(asked);
    }

    synchronized void toldMembers(
            ConnectionToken asked, ConnectionToken answered, Map<Long, LazyMembers.Told> told) {
        members.told(asked, answered, told);
    }

    synchronized int sizeBytes() {
        return OVERHEAD_BYTES
                + members.sizeBytes()
                + bySerial.values().stream().mapToInt(SentRooms::sizeBytes).sum();
    }
}
