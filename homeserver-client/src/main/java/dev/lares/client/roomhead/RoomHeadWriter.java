package dev.lares.client.roomhead;

import dev.lares.core.log.AppliedPosition;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.work.BackgroundLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/// Writes heads for when memory has forgotten them: some time behind the log, and a busy room's no
/// more than once a minute. What is lost in a crash is made again when it is asked for.
@Component
class RoomHeadWriter extends BackgroundLoop {
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration LATEST = Duration.ofSeconds(60);

    /// Further rooms are left out: they come with their next event or reading.
    private static final int DIRTY_MAX = 100_000;

    private static final int ROOMS_A_STATEMENT = 100;

    private final RoomHeads heads;
    private final RoomHeadRepository repository;
    private final RoomRefs rooms;
    private final AppliedPosition applied;
    private final Clock clock;
    private final ConcurrentMap<Long, Dirty> dirty = new ConcurrentHashMap<>();

    RoomHeadWriter(
            RoomHeads heads,
            RoomHeadRepository repository,
            RoomRefs rooms,
            AppliedPosition applied,
            Clock clock) {
        super("room-head-writer");
        this.heads = heads;
        this.repository = repository;
        this.rooms = rooms;
        this.applied = applied;
        this.clock = clock;
        heads.onBuilt(this::touch);
    }

    /// Since when a room's head is not written, and when it last changed; milliseconds since 1970.
    private record Dirty(long since, long changed) {
        boolean isDue(long now) {
            return now - changed >= QUIET.toMillis() || now - since >= LATEST.toMillis();
        }
    }

    /// Notes that something happened in the room.
    void touch(long roomNid) {
        long now = clock.millis();
        if (dirty.size() < DIRTY_MAX) {
            dirty.merge(
                    roomNid,
                    new Dirty(now, now),
                    (old, changed) -> new Dirty(old.since(), changed.changed()));
        }
    }

    @Override
    protected void round() throws InterruptedException {
        pause(ROUND);
        if (!stops()) {
            long now = clock.millis();
            write(
                    dirty.entrySet().stream()
                            .filter(room -> room.getValue().isDue(now))
                            .map(room -> room.getKey())
                            .toList());
        }
    }

    /// Writes all that is not written yet, for tests and before a stop.
    void writeAll() {
        write(List.copyOf(dirty.keySet()));
    }

    private void write(List<Long> due) {
        for (int i = 0;
                i < due.size() && !Thread.currentThread().isInterrupted();
                i += ROOMS_A_STATEMENT) {
            var chunk = due.subList(i, Math.min(due.size(), i + ROOMS_A_STATEMENT));
            chunk.forEach(dirty::remove);
            var rows =
                    heads.get(rooms.findAll(chunk), applied.current()).values().stream()
                            .filter(head -> !head.rows().isEmpty())
                            .toList();
            if (!rows.isEmpty()) {
                repository.upsert(rows);
            }
        }
    }
}
