import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the command line says. See README.md.
record Options(
        List<String> scenarios,
        List<ServerKind> servers,
        Optional<Path> givenJar,
        Optional<Path> synapse,
        Path work,
        Path results,
        Optional<String> postgres,
        Path document,
        List<String> javaOptions,
        int firstRound,
        int rounds,
        Duration warmUp,
        Duration measured,
        Duration snapshot,
        int rooms,
        int parked,
        int storedMessages) {

    /// The names that [#parse] knows, each with what it means.
    static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("scenario", "names separated by commas; default: all"),
                    Map.entry("servers", "lares,synapse or one of them"),
                    Map.entry("jar", "the packaged server"),
                    Map.entry("synapse", "folder of a virtual environment with matrix-synapse"),
                    Map.entry("work", "folder for databases and logs, kept between runs"),
                    Map.entry("results", "folder of the figures, one file each run"),
                    Map.entry("postgres", "JDBC URL of a superuser, with user and password"),
                    Map.entry("document", "file that `report` writes its tables into"),
                    Map.entry("java-options", "for Lares' JVM, separated by blanks"),
                    Map.entry("first-round", "number of the first round"),
                    Map.entry("rounds", "how many rounds"),
                    Map.entry("warm-up", "seconds"),
                    Map.entry("measure", "seconds"),
                    Map.entry("snapshot", "seconds for which the snapshot is held open"),
                    Map.entry("rooms", "rooms of the account that syncs"),
                    Map.entry("parked", "how many requests are parked"),
                    Map.entry("stored", "messages by which bytes a message are measured"),
                    Map.entry("short", "yes: the smoke set, ten minutes"));

    static Options parse(List<String> arguments) {
        var given = new HashMap<String, String>();
        for (var argument : arguments) {
            var parts = argument.split("=", 2);
            var name = parts[0].replaceFirst("^--", "");
            if (!parts[0].startsWith("--") || !NAMES.containsKey(name)) {
                throw new IllegalArgumentException(
                        "no option " + argument + "; there are " + NAMES);
            }
            given.put(name, parts.length == 2 ? parts[1] : "yes");
        }
        boolean brief = given.containsKey("short");
        var work = Path.of(given.getOrDefault("work", "target/benchmark")).toAbsolutePath();
        var synapse = Optional.ofNullable(given.get("synapse")).map(Path::of);
        var servers = new ArrayList<ServerKind>();
        for (var name : list(given.getOrDefault("servers", "lares,synapse"))) {
            servers.add(ServerKind.valueOf(name.toUpperCase(java.util.Locale.ROOT)));
        }
        if (synapse.isEmpty()) {
            servers.remove(ServerKind.SYNAPSE);
        }
        var chosen = given.get("scenario");
        var scenarios = brief && chosen == null ? Scenarios.SMOKE : Scenarios.names();
        return new Options(
                chosen == null ? scenarios : list(chosen),
                servers,
                Optional.ofNullable(given.get("jar")).map(Path::of),
                synapse.map(Path::toAbsolutePath),
                work,
                Path.of(given.getOrDefault("results", work + "/results")).toAbsolutePath(),
                Optional.ofNullable(given.get("postgres")),
                Path.of(given.getOrDefault("document", "docs/benchmarks.md")),
                List.of(
                        given.getOrDefault(
                                        "java-options",
                                        "-XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError")
                                .split(" ")),
                number(given, "first-round", 1),
                number(given, "rounds", brief ? 1 : 3),
                seconds(given, "warm-up", brief ? 10 : 20),
                seconds(given, "measure", brief ? 10 : 30),
                seconds(given, "snapshot", brief ? 30 : 120),
                number(given, "rooms", brief ? 100 : 1000),
                number(given, "parked", brief ? 1000 : 5000),
                number(given, "stored", brief ? 1000 : 10_000));
    }

    /// The same with another program.
    Options with(Path jar, List<String> moreJavaOptions) {
        var java = new ArrayList<>(javaOptions);
        java.addAll(moreJavaOptions);
        return new Options(
                scenarios,
                servers,
                Optional.of(jar),
                synapse,
                work,
                results,
                postgres,
                document,
                java,
                firstRound,
                rounds,
                warmUp,
                measured,
                snapshot,
                rooms,
                parked,
                storedMessages);
    }

    private static List<String> list(String text) {
        return Arrays.asList(text.split(","));
    }

    private static int number(Map<String, String> given, String name, int standard) {
        return given.containsKey(name) ? Integer.parseInt(given.get(name)) : standard;
    }

    private static Duration seconds(Map<String, String> given, String name, int standard) {
        return Duration.ofSeconds(number(given, name, standard));
    }

    /// The given one, or the one that was packaged here.
    Path jar() throws IOException {
        if (givenJar.isPresent()) {
            return givenJar.get().toAbsolutePath();
        }
        try (var found =
                Files.newDirectoryStream(
                        Path.of("homeserver-app/target"), "homeserver-app-*.jar")) {
            for (var jar : found) {
                return jar.toAbsolutePath();
            }
        }
        throw new IllegalArgumentException(
                "no packaged server: ./mvnw -q -DskipTests package, or --jar=");
    }
}
