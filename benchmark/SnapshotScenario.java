import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a dump that runs for minutes does to the writers: no row version that it could still see
/// can be cleaned away.
final class SnapshotScenario implements Scenario {
    private static final int CONNECTIONS = 50;

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public String title() {
        return "50 connections in one room, while a REPEATABLE READ snapshot is held open";
    }

    @Override
    public Set<ServerKind> servers() {
        return Set.of(ServerKind.LARES);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.neither("held", "seconds for which it was open", "%.0f"),
                Metric.more("rate_before", "messages/s before", "%.0f"),
                Metric.more("rate_during", "messages/s while it was open", "%.0f"),
                Metric.more("rate_end", "messages/s in the last part of that", "%.0f"),
                Metric.more("rate_after", "messages/s after", "%.0f"),
                Metric.more("kept", "% of the rate kept", "%.0f"),
                Metric.more("kept_end", "% of the rate kept in the last part", "%.0f"));
    }

    @Override
    public List<Aim> aims() {
        return List.of(
                new Aim("≥ 80 % of the rate without it", "kept", Aim.Kind.AT_LEAST, 80),
                new Aim("≥ 80 % in the last part too", "kept_end", Aim.Kind.AT_LEAST, 80));
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        var server = bench.server();
        var account = Accounts.register(server.url());
        List<String> rooms;
        try (var client = bench.client(account.token())) {
            rooms = SendLoad.createRooms(client, 1);
        }
        var load = new SendLoad(List.of(server.url()), account.token(), rooms, CONNECTIONS);
        var stopped = new AtomicBoolean();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = executor.submit(() -> load.runUntil(stopped));
            try {
                var figures = observe(bench, load);
                stopped.set(true);
                load.verify(running.get());
                return figures;
            } finally {
                stopped.set(true);
            }
        }
    }

    private Map<String, Double> observe(Bench bench, SendLoad load) throws Exception {
        var part = bench.options().measured();
        var figures = new LinkedHashMap<String, Double>();
        TimeUnit.NANOSECONDS.sleep(bench.options().warmUp().toNanos());
        figures.put("rate_before", rate(load, part));

        var held = bench.options().snapshot();
        long first = load.acknowledged();
        long begun = System.nanoTime();
        try (var connection = bench.postgres().connect(bench.server().database())) {
            var snapshot = open(bench, connection);
            var meter = Meter.start(bench);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, held.minus(part).toNanos()));
            figures.put("rate_end", rate(load, part));
            double seconds = (System.nanoTime() - begun) / 1e9;
            long sent = load.acknowledged() - first;
            figures.put("rate_during", sent / seconds);
            figures.putAll(meter.stop(sent));
            figures.put("held", seconds);
            if (!visible(bench, connection).equals(snapshot)) {
                throw new IllegalStateException("the snapshot did not live to the end");
            }
        }
        figures.put("rate_after", rate(load, part));
        figures.put("kept", figures.get("rate_during") / figures.get("rate_before") * 100);
        figures.put("kept_end", figures.get("rate_end") / figures.get("rate_before") * 100);
        return figures;
    }

    private static double rate(SendLoad load, Duration duration) throws Exception {
        long first = load.acknowledged();
        long begun = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        return (load.acknowledged() - first) / ((System.nanoTime() - begun) / 1e9);
    }

    private static String open(Bench bench, Connection connection) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("SET idle_in_transaction_session_timeout = 0");
            statement.execute("SET transaction_timeout = 0");
            statement.execute("SET statement_timeout = 0");
        }
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return visible(bench, connection);
    }

    /// What the transaction sees, and from which row versions on it holds back the cleaning, asked
    /// from outside.
    private static String visible(Bench bench, Connection connection) throws Exception {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT pg_current_snapshot()::text, pg_backend_pid()")) {
            rows.next();
            return rows.getString(1) + " from " + bench.postgres().heldBack(rows.getLong(2));
        }
    }
}
