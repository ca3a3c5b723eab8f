import java.util.List;
import java.util.Map;

/// What a message leaves behind, in the database and in its log.
final class StoredBytesScenario implements Scenario {
    private static final int CONNECTIONS = 50;
    private static final int ROOMS = 100;

    @Override
    public String name() {
        return "stored-bytes";
    }

    @Override
    public String title() {
        return "Bytes a message: 50 connections, 100 rooms, from one checkpoint to the next, whole"
                + " pages in the WAL included";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.neither("operations", "messages", "%.0f"),
                Metric.less("database_per_op", "database bytes a message", "%.0f"),
                Metric.less("wal_per_op", "WAL bytes a message", "%.0f"));
    }

    @Override
    public List<Aim> aims() {
        return List.of(
                new Aim("≥ 4× fewer database bytes", "database_per_op", Aim.Kind.TIMES_LESS, 4),
                new Aim("≥ 4× fewer WAL bytes", "wal_per_op", Aim.Kind.TIMES_LESS, 4));
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        var server = bench.server();
        var account = Accounts.register(server.url());
        List<String> rooms;
        try (var client = bench.client(account.token())) {
            rooms = SendLoad.createRooms(client, ROOMS);
        }
        var load = new SendLoad(List.of(server.url()), account.token(), rooms, CONNECTIONS);
        bench.postgres().checkpoint();
        long before = bench.postgres().databaseBytes(server.database());
        var meter = Meter.start(bench);
        var outcome = load.runCount(bench.options().storedMessages());
        bench.postgres().checkpoint();
        var figures = meter.stop(outcome.latencies().count());
        long after = bench.postgres().databaseBytes(server.database());
        load.verify(outcome);
        figures.put("database_per_op", (double) (after - before) / outcome.latencies().count());
        return figures;
    }
}
