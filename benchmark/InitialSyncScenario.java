import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A new device of an account in many rooms.
final class InitialSyncScenario implements Scenario {
    private static final int DEVICES_MAX = 40;
    private static final int DEVICES_MIN = 3;
    static final String FILTER =
            MatrixClient.encode(
                    "{\"room\":{\"timeline\":{\"limit\":10},\"state\":{\"lazy_load_members\":true}}}");

    @Override
    public String name() {
        return "initial-sync";
    }

    @Override
    public String title() {
        return "Initial sync of 1,000 rooms, 10 events each, lazy members, a fresh device each"
                + " time";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.less("p50", "median ms", "%.0f"),
                Metric.less("cpu_per_op", "CPU ms a sync", "%.0f"),
                Metric.less("server_cpu_per_op", "– of the server", "%.0f"),
                Metric.less("postgres_cpu_per_op", "– of PostgreSQL", "%.0f"),
                Metric.less("bytes", "bytes of the answer", "%.0f"),
                Metric.neither("operations", "syncs measured in a round", "%.0f"));
    }

    @Override
    public List<Aim> aims() {
        return List.of(new Aim("≥ 60× faster", "p50", Aim.Kind.TIMES_LESS, 60));
    }

    @Override
    public void prepare(Bench bench) throws Exception {
        Seeds.manyRooms(bench, bench.options().rooms());
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        int rooms = bench.options().rooms();
        var user = Seeds.manyRooms(bench, rooms);
        long slowest = 0;
        long end = System.nanoTime() + bench.options().warmUp().toNanos();
        do {
            var token = Accounts.login(bench.server().url(), user);
            long begun = System.nanoTime();
            sync(bench, token, rooms);
            slowest = System.nanoTime() - begun;
        } while (System.nanoTime() < end);

        long fit = bench.options().measured().toNanos() / slowest + 1;
        var tokens = new ArrayList<String>();
        for (int i = 0; i < Math.clamp(fit, DEVICES_MIN, DEVICES_MAX); i++) {
            tokens.add(Accounts.login(bench.server().url(), user));
        }
        var latencies = new Latencies();
        long bytes = 0;
        var meter = Meter.start(bench);
        for (var token : tokens) {
            long begun = System.nanoTime();
            bytes = sync(bench, token, rooms);
            latencies.add(System.nanoTime() - begun);
        }
        var figures = meter.stop(tokens.size());
        figures.put("p50", latencies.percentile(50));
        figures.put("bytes", (double) bytes);
        return figures;
    }

    private static long sync(Bench bench, String token, int rooms) throws Exception {
        try (var client = bench.client(token)) {
            var answer = client.sync("filter=" + FILTER);
            int found = Json.count(answer, "\"prev_batch\":");
            if (found != rooms) {
                throw new IllegalStateException("the answer has " + found + " rooms");
            }
            return answer.length;
        }
    }
}
