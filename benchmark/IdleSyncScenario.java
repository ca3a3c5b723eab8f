import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Asking again when nothing happened.
final class IdleSyncScenario implements Scenario {
    @Override
    public String name() {
        return "idle-sync";
    }

    @Override
    public String title() {
        return "Incremental `/sync?timeout=0` with nothing new, account in 1,000 rooms, one"
                + " connection, one after another";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.more("rate", "syncs/s", "%.0f"),
                Metric.less("p50", "p50 ms", "%.3f"),
                Metric.less("p99", "p99 ms", "%.2f"),
                Metric.less("cpu_per_op", "CPU ms a sync", "%.3f"),
                Metric.less("server_cpu_per_op", "– of the server", "%.3f"),
                Metric.less("postgres_cpu_per_op", "– of PostgreSQL", "%.3f"));
    }

    @Override
    public List<Aim> aims() {
        return List.of(new Aim("≥ 60× less CPU", "cpu_per_op", Aim.Kind.TIMES_LESS, 60));
    }

    @Override
    public void prepare(Bench bench) throws Exception {
        Seeds.manyRooms(bench, bench.options().rooms());
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        var user = Seeds.manyRooms(bench, bench.options().rooms());
        var token = Accounts.login(bench.server().url(), user);
        try (var client = bench.client(token)) {
            var filter = "filter=" + InitialSyncScenario.FILTER;
            var since = Json.lastText(client.sync(filter), "next_batch");
            var query = filter + "&timeout=0&set_presence=offline&since=";
            // What the device's own appearance leaves behind is told now.
            since = Json.lastText(client.sync(query + MatrixClient.encode(since)), "next_batch");
            query += MatrixClient.encode(since);
            repeat(client, query, bench.options().warmUp());
            var meter = Meter.start(bench);
            long begun = System.nanoTime();
            var latencies = repeat(client, query, bench.options().measured());
            double seconds = (System.nanoTime() - begun) / 1e9;
            var figures = meter.stop(latencies.count());
            figures.put("rate", latencies.count() / seconds);
            figures.put("p50", latencies.percentile(50));
            figures.put("p99", latencies.percentile(99));
            return figures;
        }
    }

    private static Latencies repeat(MatrixClient client, String query, Duration duration)
            throws Exception {
        var latencies = new Latencies();
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            var answer = client.sync(query);
            latencies.add(System.nanoTime() - begun);
            if (Json.count(answer, "\"prev_batch\":") > 0) {
                throw new IllegalStateException("something was new");
            }
        }
        return latencies;
    }
}
