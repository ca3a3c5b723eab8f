package dev.lares.app.reliability;

import dev.lares.app.reliability.Http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Clients that send and clients that sync, all at once, until they are told to stop.
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore acknowledged = new Semaphore(0);
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong all = new AtomicLong();
    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final List<Future<List<Sender.Sent>>> senders = new ArrayList<>();
    private final List<Future<SyncChain>> readers = new ArrayList<>();
    private volatile boolean sending = true;
    private volatile Set<String> expected = Set.of();

    void send(Sender sender) {
        senders.add(executor.submit(watched(sender)));
    }

    void read(SyncChain reader) {
        readers.add(executor.submit(watched(reader)));
    }

    private <T> Callable<T> watched(Callable<T> client) {
        return () -> {
            try {
                return client.call();
            } catch (Exception | Error failure) {
                broken.completeExceptionally(failure);
                throw failure;
            }
        };
    }

    boolean goesOn() {
        return sending;
    }

    void acknowledged() {
        all.incrementAndGet();
        acknowledged.release();
    }

    long acknowledgedSoFar() {
        return all.get();
    }

    /// A request that got no answer.
    void failed(IOException noAnswer) {
        failures.incrementAndGet();
    }

    /// An answer that must say when to come again.
    void unavailable(Answer answer) {
        if (answer.status() != 503 || answer.json().at("/retry_after_ms").asInt(0) <= 0) {
            throw new AssertionError("refused: " + answer);
        }
        unavailable.incrementAndGet();
    }

    long unavailableSoFar() {
        return unavailable.get();
    }

    long failuresSoFar() {
        return failures.get();
    }

    /// Waits until so many more were acknowledged from now on.
    void awaitAcknowledged(int count) throws Exception {
        acknowledged.drainPermits();
        if (!acknowledged.tryAcquire(count, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            goOnFor(Duration.ZERO);
            throw new AssertionError("no " + count + " sends were acknowledged in " + PATIENCE);
        }
    }

    /// Lets them go on for so long; throws what one of them failed with.
    void goOnFor(Duration duration) throws Exception {
        try {
            broken.get(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException allWell) {
            return;
        }
    }

    /// Ends the senders, each when its last request is acknowledged, and the readers when they have
    /// seen it all.
    List<Sender.Sent> stop() throws Exception {
        sending = false;
        var sent = new ArrayList<Sender.Sent>();
        for (var sender : senders) {
            sent.addAll(get(sender));
        }
        var events = new HashSet<String>();
        sent.forEach(each -> events.add(each.eventId()));
        expected = events;
        return sent;
    }

    /// What the readers have to see before they end; empty while there is more to come.
    Set<String> expected() {
        return expected;
    }

    List<SyncChain> readers() throws Exception {
        var ended = new ArrayList<SyncChain>();
        for (var reader : readers) {
            ended.add(get(reader));
        }
        return ended;
    }

    private static <T> T get(Future<T> client)
            throws ExecutionException, InterruptedException, TimeoutException {
        return client.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        sending = false;
        executor.shutdownNow();
    }
}
