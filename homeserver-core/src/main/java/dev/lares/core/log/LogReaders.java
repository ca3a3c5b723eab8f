package dev.lares.core.log;

import dev.lares.core.work.BackgroundWork;
import dev.lares.core.work.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Runs all [LogReader]s, each on the replica that holds its lease. Cursors are written once a
/// second, all in one statement; after a crash a reader sees again what it has read since.
@Component
@BackgroundWork
class LogReaders implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LogReaders.class);
    private static final int BATCHES_A_READ = 100;
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration CURSOR_PERIOD = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final ObjectProvider<LogReader> readers;
    private final AppendBatchRepository batches;
    private final ReaderCursorRepository cursors;
    private final AppliedPosition applied;
    private final Leases leases;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, Progress> unwritten = new ConcurrentHashMap<>();
    private final Map<String, Position> positions = new ConcurrentHashMap<>();
    private final List<Worker> workers = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    LogReaders(
            ObjectProvider<LogReader> readers,
            AppendBatchRepository batches,
            ReaderCursorRepository cursors,
            AppliedPosition applied,
            Leases leases,
            MeterRegistry meters,
            Clock clock) {
        this.readers = readers;
        this.batches = batches;
        this.cursors = cursors;
        this.applied = applied;
        this.leases = leases;
        this.meters = meters;
        this.clock = clock;
    }

    /// How far a reader is, under which lease.
    record Progress(Position position, Lease lease) {}

    /// One reader while this replica holds its lease.
    private final class Run {
        private final LogReader reader;
        private final Lease lease;
        private Position position;

        Run(LogReader reader, Lease lease) {
            this.reader = reader;
            this.lease = lease;
            var start =
                    switch (reader.start()) {
                        case HEAD -> applied.current();
                        case OLDEST -> Position.ZERO;
                    };
            position = cursors.getOrInsert(reader.name(), start);
        }

        void follow() throws InterruptedException {
            positions.put(reader.name(), position);
            while (lease.isValid() && running) {
                if (applied.await(new Position(position.value() + 1), PATIENCE)
                        && readOn() < BATCHES_A_READ
                        && !reader.pause().isZero()
                        && stopping.await(reader.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        }

        /// Answers how many batches there were.
        private int readOn() throws InterruptedException {
            var rows = batches.findAfter(position, BATCHES_A_READ);
            for (var row : rows) {
                if (!lease.isValid() || row.batch().last().isAfter(applied.current())) {
                    break;
                }
                read(row.batch());
                position = row.batch().last();
                positions.put(reader.name(), position);
                unwritten.put(reader.name(), new Progress(position, lease));
            }
            return rows.size();
        }

        private void read(AppliedBatch batch) throws InterruptedException {
            for (int attempt = 1; ; attempt++) {
                try {
                    reader.read(batch, lease);
                    return;
                } catch (InterruptedException | LostLeaseException e) {
                    throw e;
                } catch (Exception failure) {
                    if (!lease.isValid()) {
                        var lost = new LostLeaseException(lease);
                        lost.initCause(failure);
                        throw lost;
                    }
                    if (attempt == ATTEMPTS) {
                        setAside(batch, failure);
                        return;
                    }
                    if (stopping.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                        throw new InterruptedException("The server stops");
                    }
                }
            }
        }

        private void setAside(AppliedBatch batch, Exception failure) {
            log.error(
                    "{} cannot handle the batch that ends at {}; it is set aside in reader_poison",
                    reader.name(),
                    batch.last().value(),
                    failure);
            meters.counter("lares.reader.poison", "reader", reader.name()).increment();
            cursors.insertPoison(
                    reader.name(), batch.last(), String.valueOf(failure), clock.millis());
        }
    }

    private void run(LogReader reader) throws InterruptedException {
        var lease = leases.tryAcquire("reader:" + reader.name());
        if (lease.isEmpty()) {
            if (stopping.await(CURSOR_PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("{} was never its turn", reader.name());
            }
            return;
        }
        try {
            new Run(reader, lease.get()).follow();
        } catch (LostLeaseException e) {
            log.info("Another replica goes on with {}: {}", reader.name(), e.getMessage());
        } finally {
            positions.remove(reader.name());
            writeCursors();
            leases.release(lease.get());
        }
    }

    private void writeCursorsLater() throws InterruptedException {
        if (!stopping.await(CURSOR_PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
            writeCursors();
        }
    }

    private void writeCursors() {
        var progress = new HashMap<>(unwritten);
        if (!progress.isEmpty()) {
            cursors.update(progress);
            progress.forEach(unwritten::remove);
        }
    }

    @Override
    public void start() {
        running = true;
        readers.orderedStream().forEach(this::add);
        workers.add(new Worker("reader-cursors", this::writeCursorsLater));
        workers.forEach(Worker::start);
    }

    private void add(LogReader reader) {
        var tags = Tags.of("reader", reader.name());
        meters.gauge("lares.reader.lag", tags, this, self -> self.lag(reader.name()));
        workers.add(new Worker("reader-" + reader.name(), () -> run(reader)));
    }

    /// Not a number where another replica runs the reader.
    private double lag(String reader) {
        var position = positions.get(reader);
        return position == null ? Double.NaN : applied.current().value() - position.value();
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        workers.forEach(worker -> worker.stop(STOP_PATIENCE));
        writeCursors();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return LogFollower.PHASE + 2;
    }
}
