import java.util.List;
import java.util.Map;

/// Sending, closed loop.
record SendScenario(String name, String title, int connections, int rooms) implements Scenario {
    static final List<Metric> METRICS =
            List.of(
                    Metric.more("rate", "messages/s", "%.0f"),
                    Metric.less("p50", "p50 ms", "%.2f"),
                    Metric.less("p99", "p99 ms", "%.1f"),
                    Metric.less("cpu_per_op", "CPU ms a message", "%.3f"),
                    Metric.less("server_cpu_per_op", "– of the server", "%.3f"),
                    Metric.less("postgres_cpu_per_op", "– of PostgreSQL", "%.3f"),
                    Metric.less("wal_per_op", "WAL bytes a message", "%.0f"),
                    Metric.less("wal_syncs_per_op", "WAL syncs a message", "%.3f"));

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public List<Aim> aims() {
        if (connections == 1) {
            return List.of(new Aim("≥ 15× the rate", "rate", Aim.Kind.TIMES_MORE, 15));
        }
        return List.of(
                rooms == 1
                        ? new Aim("≥ 30× the rate", "rate", Aim.Kind.TIMES_MORE, 30)
                        : new Aim("≥ 40× the rate", "rate", Aim.Kind.TIMES_MORE, 40),
                new Aim("≥ 30× less CPU a message", "cpu_per_op", Aim.Kind.TIMES_LESS, 30));
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        var account = Accounts.register(bench.server().url());
        return measure(bench, load(bench, account.token()));
    }

    private SendLoad load(Bench bench, String token) throws Exception {
        try (var client = bench.client(token)) {
            return new SendLoad(
                    List.of(bench.server().url()),
                    token,
                    SendLoad.createRooms(client, rooms),
                    connections);
        }
    }

    /// Warms up, measures, and reads all messages back; a run that never reached the disk is
    /// refused.
    static Map<String, Double> measure(Bench bench, SendLoad load) throws Exception {
        var warmUp = load.runFor(bench.options().warmUp());
        var meter = Meter.start(bench);
        long begun = System.nanoTime();
        var outcome = load.runFor(bench.options().measured());
        double seconds = (System.nanoTime() - begun) / 1e9;
        int count = outcome.latencies().count();
        var figures = meter.stop(count);
        load.verify(warmUp, outcome);
        if (figures.get("wal_syncs") < 1) {
            throw new IllegalStateException("nothing was flushed to the disk: fsync is not on");
        }
        figures.put("wal_syncs_per_op", figures.get("wal_syncs") / count);
        figures.put("rate", count / seconds);
        figures.put("p50", outcome.latencies().percentile(50));
        figures.put("p99", outcome.latencies().percentile(99));
        return figures;
    }
}
