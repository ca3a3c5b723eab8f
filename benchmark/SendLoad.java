import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Connections of one account that send one message after another, each as fast as it is answered.
final class SendLoad {
    private static final AtomicLong transactions = new AtomicLong(System.nanoTime());

    private final List<URI> servers;
    private final String token;
    private final List<String> rooms;
    private final int connections;
    private final LongAdder acknowledged = new LongAdder();

    /// Connections are spread over servers and rooms in turns.
    SendLoad(List<URI> servers, String token, List<String> rooms, int connections) {
        this.servers = servers;
        this.token = token;
        this.rooms = rooms;
        this.connections = connections;
    }

    /// How many messages were acknowledged so far.
    long acknowledged() {
        return acknowledged.sum();
    }

    /// @param events the ids that were given out
    record Outcome(Latencies latencies, Set<String> events) {}

    Outcome runFor(Duration duration) throws Exception {
        long end = System.nanoTime() + duration.toNanos();
        return run(() -> System.nanoTime() < end);
    }

    Outcome runCount(int messages) throws Exception {
        var left = new AtomicLong(messages);
        return run(() -> left.getAndDecrement() > 0);
    }

    Outcome runUntil(AtomicBoolean stopped) throws Exception {
        return run(() -> !stopped.get());
    }

    private Outcome run(Callable<Boolean> more) throws Exception {
        var sending = new ArrayList<Future<Outcome>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                int connection = i;
                sending.add(executor.submit(() -> send(connection, more)));
            }
        }
        var latencies = new Latencies();
        var events = new HashSet<String>();
        for (var one : sending) {
            latencies.addAll(one.get().latencies());
            events.addAll(one.get().events());
        }
        if (events.size() != latencies.count()) {
            throw new IllegalStateException("an event id was given to two messages");
        }
        return new Outcome(latencies, events);
    }

    private Outcome send(int connection, Callable<Boolean> more) throws Exception {
        var latencies = new Latencies();
        var events = new HashSet<String>();
        var server = servers.get(connection % servers.size());
        try (var client = new MatrixClient(server, token)) {
            for (int turn = connection; more.call(); turn += connections) {
                var room = rooms.get(turn % rooms.size());
                var transaction = "t" + transactions.incrementAndGet();
                long begun = System.nanoTime();
                var event = client.send(room, transaction, MatrixClient.message(transaction));
                latencies.add(System.nanoTime() - begun);
                events.add(event);
                acknowledged.increment();
            }
        }
        return new Outcome(latencies, events);
    }

    /// Fails unless the rooms hold each message that was acknowledged in these runs, and no other
    /// one.
    void verify(Outcome... outcomes) throws Exception {
        var sent = new HashSet<String>();
        for (var outcome : outcomes) {
            sent.addAll(outcome.events());
        }
        var found = new HashSet<String>();
        int messages = 0;
        try (var client = new MatrixClient(servers.getFirst(), token)) {
            for (var room : rooms) {
                messages += client.readBack(room, found);
            }
        }
        if (messages != sent.size() || !found.containsAll(sent)) {
            throw new IllegalStateException(
                    "%d messages are in the rooms, %d were acknowledged"
                            .formatted(messages, sent.size()));
        }
    }

    static List<String> createRooms(MatrixClient client, int count) throws Exception {
        var rooms = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            rooms.add(client.createRoom("{}"));
        }
        return rooms;
    }
}
