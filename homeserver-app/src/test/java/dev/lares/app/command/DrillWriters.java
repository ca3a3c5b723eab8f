package dev.lares.app.command;

import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Clients that write without a pause: each registers, and then makes rooms and talks in them. They
/// note what the server acknowledged.
final class DrillWriters implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int MESSAGES_A_ROOM = 8;

    private final TestHomeserver server;
    private final List<Writer> writers = new ArrayList<>();
    private final Semaphore acknowledgements = new Semaphore(0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;

    /// What was acknowledged.
    record Said(TestUser user, TestRoom room, String eventId) {}

    /// One client's acknowledged events in their order.
    private record Writer(Thread thread, List<Said> said) {}

    DrillWriters(TestHomeserver server, int count) {
        this.server = server;
        for (var i = 0; i < count; i++) {
            var said = new CopyOnWriteArrayList<Said>();
            writers.add(new Writer(Thread.ofVirtual().start(() -> write(said)), said));
        }
    }

    private void write(List<Said> said) {
        try {
            while (!stopping) {
                var user = server.register("writer");
                var room = user.createRoom();
                for (var i = 0; i < MESSAGES_A_ROOM && !stopping; i++) {
                    said.add(new Said(user, room, user.say(room, "message " + i)));
                    acknowledgements.release();
                }
            }
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    /// Waits until so many events more are acknowledged.
    void awaitMore(int count) throws InterruptedException {
        acknowledgements.drainPermits();
        if (!acknowledgements.tryAcquire(count, DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the writers have stopped", failure.get());
        }
    }

    /// What was acknowledged so far, by writer.
    List<List<Said>> acknowledged() {
        return writers.stream().map(writer -> List.copyOf(writer.said())).toList();
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (var writer : writers) {
            if (!writer.thread().join(DEADLINE)) {
                throw new AssertionError("a writer does not stop");
            }
        }
        if (failure.get() != null) {
            throw new AssertionError("a writer failed", failure.get());
        }
    }
}
