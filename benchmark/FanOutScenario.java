import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Messages into a room whose members all sync, at fixed and rising rates.
final class FanOutScenario implements Scenario {
    private static final int MEMBERS = 100;
    private static final int[] RATES = {1, 5, 10, 25, 50, 100};
    private static final double BOUND_MILLIS = 100;
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final Duration DRAIN = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "fan-out";
    }

    @Override
    public String title() {
        return "100 members syncing in one room: messages at a fixed rate, 15 s a step, from the"
                + " scheduled moment to each member's answer; the next step while p99 ≤ 100 ms";
    }

    @Override
    public List<Metric> metrics() {
        var metrics = new ArrayList<Metric>();
        metrics.add(Metric.more("sustained", "highest rate with p99 ≤ 100 ms, messages/s", "%.0f"));
        for (int rate : RATES) {
            var at = " at " + rate + "/s";
            metrics.add(Metric.less("p50_at_" + rate, "p50 ms" + at, "%.1f"));
            metrics.add(Metric.less("p99_at_" + rate, "p99 ms" + at, "%.1f"));
            metrics.add(Metric.less("cpu_at_" + rate, "CPU ms a delivery" + at, "%.3f"));
        }
        return metrics;
    }

    @Override
    public List<Aim> aims() {
        return List.of(
                new Aim("≥ 25 messages/s at p99 ≤ 100 ms", "sustained", Aim.Kind.AT_LEAST, 25));
    }

    @Override
    public void prepare(Bench bench) throws Exception {
        Seeds.crowd(bench, MEMBERS);
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        var crowd = Seeds.crowd(bench, MEMBERS);
        var figures = new LinkedHashMap<String, Double>();
        double foreign = 0;
        double sustained = 0;
        try (var audience = new Audience(bench, crowd)) {
            audience.warmUp(bench.options().warmUp());
            for (int rate : RATES) {
                var meter = Meter.start(bench);
                int messages = audience.schedule(rate, STEP);
                boolean complete = audience.awaitAll(DRAIN);
                var costs = meter.stop((long) messages * MEMBERS);
                var latencies = audience.takeLatencies();
                figures.put("p50_at_" + rate, latencies.percentile(50));
                figures.put("p99_at_" + rate, latencies.percentile(99));
                figures.put("cpu_at_" + rate, costs.get("cpu_per_op"));
                foreign = Math.max(foreign, costs.get("foreign_share"));
                if (!complete || latencies.percentile(99) > BOUND_MILLIS) {
                    break;
                }
                sustained = rate;
                TimeUnit.SECONDS.sleep(1);
            }
        }
        figures.put("sustained", sustained);
        figures.put("foreign_share", foreign);
        return figures;
    }
}
