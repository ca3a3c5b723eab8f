import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Members of a room that sync without a pause, and one of them who also writes. Each message
/// carries a number by which its arrivals are told apart.
final class Audience implements AutoCloseable {
    private static final String FILTER =
            MatrixClient.encode(
                    "{\"room\":{\"timeline\":{\"limit\":50},\"state\":{\"lazy_load_members\":true}}}");
    private static final String MARK = "message number ";
    private static final int MESSAGES_MAX = 1 << 17;
    private static final int WRITING_CONNECTIONS = 16;
    private static final String RUN = Long.toString(System.nanoTime(), 36);

    private final Bench bench;
    private final Seeds.Crowd crowd;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<MatrixClient> writers =
            new ArrayBlockingQueue<>(WRITING_CONNECTIONS);
    private final AtomicLongArray due = new AtomicLongArray(MESSAGES_MAX);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final List<Future<?>> reading = new ArrayList<>();
    private Latencies latencies = new Latencies();
    private volatile boolean closed;

    Audience(Bench bench, Seeds.Crowd crowd) throws Exception {
        this.bench = bench;
        this.crowd = crowd;
        for (int i = 0; i < WRITING_CONNECTIONS; i++) {
            writers.add(bench.client(crowd.tokens().getFirst()));
        }
        var since = Seeds.each(crowd.tokens().size(), this::beginning);
        for (int i = 0; i < since.size(); i++) {
            int member = i;
            reading.add(executor.submit(() -> read(member, since.get(member))));
        }
    }

    private String beginning(int member) throws Exception {
        try (var client = bench.client(crowd.tokens().get(member))) {
            return Json.lastText(client.sync("filter=" + FILTER + "&timeout=0"), "next_batch");
        }
    }

    private void read(int member, String beginning) {
        var seen = new BitSet();
        var since = beginning;
        try (var client = bench.client(crowd.tokens().get(member))) {
            while (!closed) {
                var answer =
                        client.sync(
                                "filter="
                                        + FILTER
                                        + "&timeout=5000&set_presence=offline&since="
                                        + MatrixClient.encode(since));
                long now = System.nanoTime();
                since = Json.lastText(answer, "next_batch");
                Json.eachText(answer, "body", text -> arrived(text, now, seen));
            }
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    private void arrived(String text, long now, BitSet seen) {
        if (!text.startsWith(MARK)) {
            return;
        }
        int number = Integer.parseInt(text.substring(MARK.length()));
        if (seen.get(number)) {
            throw new IllegalStateException("message " + number + " came twice");
        }
        seen.set(number);
        synchronized (this) {
            latencies.add(now - due.get(number));
        }
        delivered.incrementAndGet();
    }

    /// Sends the next message when all members have the one before.
    void warmUp(Duration duration) throws Exception {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            send(System.nanoTime());
            if (!awaitAll(Duration.ofSeconds(30))) {
                throw new IllegalStateException("a message did not reach everybody in 30 s");
            }
        }
        takeLatencies();
    }

    /// Sends at fixed moments, whether or not earlier ones were answered. Returns how many.
    int schedule(int rate, Duration duration) {
        int count = Math.toIntExact(rate * duration.toSeconds());
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long moment = begun + i * 1_000_000_000L / rate;
            for (long left = moment - System.nanoTime();
                    left > 0;
                    left = moment - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            executor.submit(() -> {
                try {
                    send(moment);
                } catch (Exception e) {
                    failure.compareAndSet(null, e);
                }
            });
        }
        LockSupport.parkNanos(begun + duration.toNanos() - System.nanoTime());
        return count;
    }

    private void send(long moment) throws Exception {
        long number = sent.getAndIncrement();
        due.set(Math.toIntExact(number), moment);
        var writer = writers.take();
        try {
            writer.send(
                    crowd.room(),
                    RUN + number,
                    "{\"msgtype\":\"m.text\",\"body\":\"" + MARK + number + "\"}");
        } finally {
            writers.add(writer);
        }
    }

    /// Returns false when messages are still missing at the deadline.
    boolean awaitAll(Duration timeout) throws Exception {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (delivered.get() < sent.get() * crowd.tokens().size()) {
            if (failure.get() != null) {
                throw new IllegalStateException("the audience broke", failure.get());
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return true;
    }

    synchronized Latencies takeLatencies() {
        var taken = latencies;
        latencies = new Latencies();
        return taken;
    }

    @Override
    public void close() throws Exception {
        closed = true;
        executor.close();
        for (var writer : writers) {
            writer.close();
        }
    }
}
