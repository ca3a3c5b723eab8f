import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// How soon a server that was just started answers, and how fast it is then: as one jar, unpacked,
/// and unpacked with what a training run has learnt.
final class StartScenario implements Scenario {
    private static final int CONNECTIONS = 50;

    /// Ends of the stretches of the load, in seconds.
    private static final int[] ENDS = {5, 10, 20, 30};

    private enum Form {
        JAR("as one jar"),
        UNPACKED("unpacked"),
        TRAINED("unpacked, with its cache");

        private final String title;

        Form(String title) {
            this.title = title;
        }
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "A start on a database that is there, then at once 50 connections in one room, all on"
                + " a JVM that has compiled nothing yet";
    }

    @Override
    public Set<ServerKind> servers() {
        return Set.of(ServerKind.LARES);
    }

    @Override
    public List<Metric> metrics() {
        var metrics = new ArrayList<Metric>();
        for (var form : Form.values()) {
            metrics.add(
                    Metric.less(
                            "start_" + form, "ms until the first answer, " + form.title, "%.0f"));
            metrics.add(
                    Metric.less("cpu_" + form, "– of processor time, " + form.title, "%.0f"));
            int begin = 0;
            for (int end : ENDS) {
                metrics.add(
                        Metric.more(
                                "rate_" + form + "_" + end,
                                "messages/s, seconds " + begin + " to " + end + ", " + form.title,
                                "%.0f"));
                begin = end;
            }
        }
        return metrics;
    }

    @Override
    public List<Aim> aims() {
        return List.of(
                new Aim("≤ 3 s, with its cache", "start_" + Form.TRAINED, Aim.Kind.AT_MOST, 3000));
    }

    private static Path folder(Bench bench) {
        return bench.options().work().resolve("unpacked");
    }

    @Override
    public void prepare(Bench bench) throws Exception {
        if (Files.exists(folder(bench).resolve("lares.aot"))) {
            return;
        }
        bench.say("unpacking and training");
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(bench.options().javaOptions());
        command.addAll(List.of("-jar", bench.options().jar().toString(), "unpack"));
        command.add(folder(bench).toString());
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(command + " failed");
        }
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        var unpacked = folder(bench).resolve("lares.jar");
        var figures = new LinkedHashMap<String, Double>();
        double foreign = 0;
        for (var form : Form.values()) {
            var server =
                    switch (form) {
                        case JAR -> bench.startInstead(bench.options().jar(), List.of());
                        case UNPACKED -> bench.startInstead(unpacked, List.of());
                        case TRAINED ->
                                bench.startInstead(
                                        unpacked,
                                        List.of("-XX:AOTCache=" + folder(bench) + "/lares.aot"));
                    };
            figures.put("start_" + form, server.startMillis());
            figures.put("cpu_" + form, server.startCpuMillis());
            var meter = Meter.start(bench);
            load(bench, form, figures);
            foreign = Math.max(foreign, meter.stop(1).get("foreign_share"));
        }
        figures.put("foreign_share", foreign);
        return figures;
    }

    private static void load(Bench bench, Form form, Map<String, Double> figures)
            throws Exception {
        var url = bench.server().url();
        var account = Accounts.register(url);
        List<String> rooms;
        try (var client = bench.client(account.token())) {
            rooms = SendLoad.createRooms(client, 1);
        }
        var load = new SendLoad(List.of(url), account.token(), rooms, CONNECTIONS);
        var stopped = new AtomicBoolean();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = System.nanoTime();
            var running = executor.submit(() -> load.runUntil(stopped));
            try {
                long before = 0;
                double begin = 0;
                for (int end : ENDS) {
                    long left = begun + TimeUnit.SECONDS.toNanos(end) - System.nanoTime();
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
                    long now = load.acknowledged();
                    double seconds = (System.nanoTime() - begun) / 1e9;
                    figures.put("rate_" + form + "_" + end, (now - before) / (seconds - begin));
                    before = now;
                    begin = seconds;
                }
            } finally {
                stopped.set(true);
            }
            load.verify(running.get());
        }
    }
}
