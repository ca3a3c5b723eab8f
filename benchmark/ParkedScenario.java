import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Members of one room who wait for something to happen, and the moment in which it does.
final class ParkedScenario implements Scenario {
    private static final String FILTER =
            MatrixClient.encode(
                    "{\"room\":{\"timeline\":{\"limit\":10},\"state\":{\"lazy_load_members\":true}}}");
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final int WARM_UPS = 2;

    @Override
    public String name() {
        return "parked";
    }

    @Override
    public String title() {
        return "5,000 parked `/sync`, each of another member of one room, and one message that"
                + " wakes them all";
    }

    @Override
    public Set<ServerKind> servers() {
        return Set.of(ServerKind.LARES);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.neither("operations", "parked requests", "%.0f"),
                Metric.less(
                        "heap",
                        "kB of heap each, after a collection, its connection included",
                        "%.1f"),
                Metric.less("resident", "kB of resident memory each", "%.1f"),
                Metric.less("server_cpu_share", "CPU % while parked (100 is one core)", "%.2f"),
                Metric.less("woken", "ms until the last one had the message", "%.0f"),
                Metric.less("woken_p50", "ms until half of them had it", "%.0f"));
    }

    @Override
    public List<Aim> aims() {
        return List.of(
                new Aim("≤ 20 kB of heap each", "heap", Aim.Kind.AT_MOST, 20),
                new Aim("≤ 1 % CPU", "server_cpu_share", Aim.Kind.AT_MOST, 1),
                new Aim("all woken within 2 s", "woken", Aim.Kind.AT_MOST, 2000));
    }

    @Override
    public void prepare(Bench bench) throws Exception {
        Seeds.crowd(bench, bench.options().parked());
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        var crowd = Seeds.crowd(bench, bench.options().parked());
        long pid = bench.server().pid();
        var since =
                Seeds.each(
                        crowd.tokens().size(),
                        i -> {
                            try (var client = bench.client(crowd.tokens().get(i))) {
                                var answer = client.sync("timeout=0&filter=" + FILTER);
                                return Json.lastText(answer, "next_batch");
                            }
                        });
        for (int i = 0; i < WARM_UPS; i++) {
            since = new Wave(bench, crowd, since).wake().since();
        }
        long heapBefore = heapBytes(pid);
        long residentBefore = Processes.residentKilobytes(pid);
        var wave = new Wave(bench, crowd, since);
        int count = since.size();
        var figures = new LinkedHashMap<String, Double>();
        figures.put("heap", (heapBytes(pid) - heapBefore) / 1e3 / count);
        figures.put(
                "resident", (Processes.residentKilobytes(pid) - residentBefore) * 1.024 / count);
        TimeUnit.SECONDS.sleep(2);
        var meter = Meter.start(bench);
        TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
        figures.putAll(meter.stop(count));
        var woken = wave.wake().latencies();
        figures.put("woken", woken.percentile(100));
        figures.put("woken_p50", woken.percentile(50));
        return figures;
    }

    /// Requests that are parked, until they are woken.
    private static final class Wave {
        private final Bench bench;
        private final Seeds.Crowd crowd;
        private final List<Future<Answer>> waiting = new ArrayList<>();

        record Answer(byte[] body, long at) {}

        record Woken(List<String> since, Latencies latencies) {}

        Wave(Bench bench, Seeds.Crowd crowd, List<String> since) throws Exception {
            this.bench = bench;
            this.crowd = crowd;
            var begun = new Semaphore(0);
            var executor = Executors.newVirtualThreadPerTaskExecutor();
            for (int i = 0; i < since.size(); i++) {
                int member = i;
                waiting.add(
                        executor.submit(() -> {
                            try (var client = bench.client(crowd.tokens().get(member))) {
                                begun.release();
                                var answer =
                                        client.sync(
                                                "timeout=180000&set_presence=offline&filter="
                                                        + FILTER
                                                        + "&since="
                                                        + MatrixClient.encode(since.get(member)));
                                return new Answer(answer, System.nanoTime());
                            }
                        }));
            }
            executor.shutdown();
            begun.acquire(since.size());
            awaitQuiet();
        }

        /// Until the server has taken all requests in: it does nothing any more.
        private void awaitQuiet() throws Exception {
            long pid = bench.server().pid();
            for (int i = 0; i < 60; i++) {
                double before = Processes.treeMillis(pid);
                TimeUnit.SECONDS.sleep(1);
                if (Processes.treeMillis(pid) - before < 50) {
                    return;
                }
            }
            throw new IllegalStateException("the server does not come to rest");
        }

        Woken wake() throws Exception {
            for (var one : waiting) {
                if (one.isDone()) {
                    throw new IllegalStateException(
                            "answered too early: " + new String(one.get().body()));
                }
            }
            long begun = System.nanoTime();
            String event;
            try (var client = bench.client(crowd.tokens().getFirst())) {
                event = client.send(crowd.room(), "w" + begun, MatrixClient.message("w" + begun));
            }
            var since = new ArrayList<String>();
            var latencies = new Latencies();
            for (var one : waiting) {
                var answer = one.get(60, TimeUnit.SECONDS);
                if (Json.count(answer.body(), event) == 0) {
                    throw new IllegalStateException("woken without the message");
                }
                since.add(Json.lastText(answer.body(), "next_batch"));
                latencies.add(answer.at() - begun);
            }
            return new Woken(since, latencies);
        }
    }

    /// After two full collections.
    private static long heapBytes(long pid) throws IOException {
        diagnose(pid, "GC.run");
        diagnose(pid, "GC.run");
        long kilobytes = 0;
        for (var line : diagnose(pid, "GC.heap_info").split("\n")) {
            var used = Pattern.compile("used (\\d+)K").matcher(line);
            if (!line.contains("Metaspace") && !line.contains("class space") && used.find()) {
                kilobytes += Long.parseLong(used.group(1));
            }
        }
        if (kilobytes == 0) {
            throw new IllegalStateException("jcmd tells nothing of the heap");
        }
        return kilobytes * 1024;
    }

    private static String diagnose(long pid, String command) throws IOException {
        var java = Path.of(ProcessHandle.current().info().command().orElseThrow());
        var process =
                new ProcessBuilder(
                                java.resolveSibling("jcmd").toString(), Long.toString(pid), command)
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes());
    }
}
