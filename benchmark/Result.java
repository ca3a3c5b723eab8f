import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The figures of one round of one scenario on one server, kept in a file of their own, so that a
/// report can be put together from several runs.
record Result(
        String scenario,
        ServerKind server,
        int round,
        Map<String, String> circumstances,
        Map<String, Double> figures) {
    private static final String FIGURE = "figure.";

    static Result of(Scenario scenario, Bench bench, int round, Map<String, Double> figures)
            throws Exception {
        var circumstances = new LinkedHashMap<String, String>();
        circumstances.put("version", bench.server().version());
        circumstances.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        circumstances.put("postgres", bench.postgres().version());
        circumstances.put("java", Runtime.version().toString());
        circumstances.put(
                "machine",
                "%d × %s, %d GiB"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                Processes.processorName(),
                                Math.round(Processes.memoryMebibytes() / 1024.0)));
        circumstances.put("warm-up", bench.options().warmUp().toSeconds() + " s");
        circumstances.put("measured", bench.options().measured().toSeconds() + " s");
        return new Result(scenario.name(), bench.server().kind(), round, circumstances, figures);
    }

    void write(Path folder) throws IOException {
        var properties = new Properties();
        properties.setProperty("scenario", scenario);
        properties.setProperty("server", server.key());
        properties.setProperty("round", Integer.toString(round));
        circumstances.forEach(properties::setProperty);
        figures.forEach((key, value) -> properties.setProperty(FIGURE + key, value.toString()));
        Files.createDirectories(folder);
        var file = folder.resolve("%s-%s-%02d.properties".formatted(scenario, server.key(), round));
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    static List<Result> readAll(Path folder) throws IOException {
        var results = new ArrayList<Result>();
        try (var files = Files.newDirectoryStream(folder, "*.properties")) {
            for (var file : files) {
                var properties = new Properties();
                try (var reader = Files.newBufferedReader(file)) {
                    properties.load(reader);
                }
                results.add(of(properties));
            }
        }
        return results;
    }

    private static Result of(Properties properties) {
        var circumstances = new LinkedHashMap<String, String>();
        var figures = new LinkedHashMap<String, Double>();
        for (var name : properties.stringPropertyNames()) {
            var value = properties.getProperty(name);
            if (name.startsWith(FIGURE)) {
                figures.put(name.substring(FIGURE.length()), Double.valueOf(value));
            } else {
                circumstances.put(name, value);
            }
        }
        return new Result(
                circumstances.get("scenario"),
                ServerKind.valueOf(circumstances.get("server").toUpperCase(java.util.Locale.ROOT)),
                Integer.parseInt(circumstances.get("round")),
                circumstances,
                figures);
    }
}
