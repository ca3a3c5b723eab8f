import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Measures Lares and Synapse in turns, on one PostgreSQL, and writes the tables of
/// `docs/benchmarks.md`. See README.md.
public final class Benchmark {
    private final Options options;
    private final Postgres postgres;

    private Benchmark(Options options, Postgres postgres) {
        this.options = options;
        this.postgres = postgres;
    }

    /// `prepare`, `run` or `report`, then options.
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("prepare, run or report, with options:");
            new TreeMap<>(Options.NAMES)
                    .forEach((name, text) -> System.err.printf("  --%-14s %s%n", name, text));
            System.exit(2);
        }
        var options = Options.parse(List.of(arguments).subList(1, arguments.length));
        switch (arguments[0]) {
            case "report" ->
                    new Report(Result.readAll(options.results())).writeInto(options.document());
            case "prepare", "run" -> {
                try (var postgres = Postgres.open(options)) {
                    stopAtExit(postgres);
                    var benchmark = new Benchmark(options, postgres);
                    if (arguments[0].equals("run")) {
                        benchmark.run();
                    } else {
                        benchmark.prepare();
                    }
                }
            }
            default -> throw new IllegalArgumentException("prepare, run or report");
        }
    }

    /// Whoever interrupts a run finds nothing running afterwards.
    private static void stopAtExit(Postgres postgres) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            ProcessHandle.current().children().forEach(ProcessHandle::destroy);
                            try {
                                postgres.close();
                            } catch (Exception e) {
                                System.err.println("PostgreSQL may still run: " + e);
                            }
                        }));
    }

    private void prepare() throws Exception {
        for (var kind : options.servers()) {
            try (var bench = open(kind)) {
                for (var name : options.scenarios()) {
                    var scenario = Scenarios.named(name);
                    if (scenario.servers().contains(kind)) {
                        scenario.prepare(bench);
                    }
                }
            }
        }
    }

    private void run() throws Exception {
        prepare();
        for (var name : options.scenarios()) {
            var scenario = Scenarios.named(name);
            for (int i = 0; i < options.rounds(); i++) {
                for (var kind : options.servers()) {
                    if (scenario.servers().contains(kind)) {
                        round(scenario, kind, options.firstRound() + i);
                    }
                }
            }
        }
    }

    private void round(Scenario scenario, ServerKind kind, int round) throws Exception {
        System.out.printf("%s, %s, round %d%n", scenario.name(), kind.title(), round);
        try (var bench = open(kind)) {
            var figures = scenario.run(bench);
            Result.of(scenario, bench, round, figures).write(options.results());
            show(scenario, figures);
        }
    }

    private static void show(Scenario scenario, Map<String, Double> figures) {
        for (var metric : scenario.metrics()) {
            if (figures.containsKey(metric.key())) {
                System.out.printf(
                        "    %s: %s%n",
                        metric.label(),
                        String.format(Locale.ROOT, metric.format(), figures.get(metric.key())));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "    others: %.1f %% of the processors; generator: %.3f ms an operation%n",
                figures.getOrDefault("foreign_share", Double.NaN),
                figures.getOrDefault("generator_cpu_per_op", Double.NaN));
    }

    private Bench open(ServerKind kind) throws Exception {
        var server = Server.start(kind, options, postgres);
        try {
            return new Bench(options, postgres, server);
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }
}
