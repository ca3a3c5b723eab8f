import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Writes the tables of the results between two marks of a document; the rest of it stays.
final class Report {
    private static final String BEGIN =
            "<!-- benchmark: begin, written by benchmark/Benchmark.java -->";
    private static final String END = "<!-- benchmark: end -->";
    private static final double FOREIGN_MAX = 10;

    private final List<Result> results;

    Report(List<Result> results) {
        this.results = results;
    }

    void writeInto(Path document) throws IOException {
        var text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(document + " lacks the marks " + BEGIN + " and " + END);
        }
        Files.writeString(
                document,
                text.substring(0, begin + BEGIN.length()) + "\n" + text() + text.substring(end));
    }

    String text() {
        var text = new StringBuilder();
        text.append("\n### Aims\n\n");
        text.append("| scenario | aim | reached | |\n|---|---|---|---|\n");
        for (var scenario : Scenarios.ALL) {
            for (var aim : scenario.aims()) {
                text.append(aimRow(scenario, aim));
            }
        }
        for (var scenario : Scenarios.ALL) {
            text.append(table(scenario));
        }
        return text.append('\n').toString();
    }

    private String aimRow(Scenario scenario, Scenario.Aim aim) {
        var lares = series(scenario, ServerKind.LARES, aim.metric());
        var synapse = series(scenario, ServerKind.SYNAPSE, aim.metric());
        var reached =
                switch (aim.kind()) {
                    case TIMES_MORE -> lares.over(synapse);
                    case TIMES_LESS -> synapse.over(lares);
                    case AT_LEAST, AT_MOST -> lares;
                };
        if (reached.isEmpty()) {
            return "| %s | %s | not measured | |%n".formatted(scenario.name(), aim.text());
        }
        double median = reached.median();
        boolean met =
                switch (aim.kind()) {
                    case TIMES_MORE, TIMES_LESS, AT_LEAST -> median >= aim.bound();
                    case AT_MOST -> median <= aim.bound();
                };
        var shown =
                switch (aim.kind()) {
                    case TIMES_MORE, TIMES_LESS -> reached.show("%.1f") + " ×";
                    case AT_LEAST, AT_MOST -> reached.show(formatOf(scenario, aim.metric()));
                };
        return "| %s | %s | %s | %s |%n"
                .formatted(scenario.name(), aim.text(), shown, met ? "yes" : "**no**");
    }

    private static String formatOf(Scenario scenario, String key) {
        return scenario.metrics().stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .orElseThrow()
                .format();
    }

    private String table(Scenario scenario) {
        var own = results.stream().filter(it -> it.scenario().equals(scenario.name())).toList();
        if (own.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        text.append("%n### `%s`%n%n%s.%n%n".formatted(scenario.name(), scenario.title()));
        boolean compared = scenario.servers().size() > 1;
        text.append(
                compared
                        ? "| | Lares | Synapse | ratio |\n|---|---|---|---|\n"
                        : "| | Lares |\n|---|---|\n");
        for (var metric : scenario.metrics()) {
            var lares = series(scenario, ServerKind.LARES, metric.key());
            var synapse = series(scenario, ServerKind.SYNAPSE, metric.key());
            if (lares.isEmpty() && synapse.isEmpty()) {
                continue;
            }
            text.append("| ")
                    .append(metric.label())
                    .append(" | ")
                    .append(lares.show(metric.format()));
            if (compared) {
                text.append(" | ").append(synapse.show(metric.format()));
                text.append(" | ").append(ratio(metric, lares, synapse));
            }
            text.append(" |\n");
        }
        return text.append('\n').append(circumstances(own)).toString();
    }

    private static String ratio(Scenario.Metric metric, Series lares, Series synapse) {
        var ratio =
                switch (metric.better()) {
                    case MORE -> lares.over(synapse);
                    case LESS -> synapse.over(lares);
                    case NEITHER -> new Series(java.util.Map.of());
                };
        return ratio.isEmpty() ? "" : ratio.show("%.1f") + " ×";
    }

    private static String circumstances(List<Result> own) {
        var parts = new ArrayList<String>();
        for (var server : ServerKind.values()) {
            var rounds = own.stream().filter(it -> it.server() == server).toList();
            if (rounds.isEmpty()) {
                continue;
            }
            var versions = new TreeSet<String>();
            var foreign = new ArrayList<String>();
            for (var round : rounds) {
                versions.add(round.circumstances().get("version"));
                double share = round.figures().getOrDefault("foreign_share", 0.0);
                if (share > FOREIGN_MAX) {
                    foreign.add(String.format(Locale.ROOT, "%d: %.0f %%", round.round(), share));
                }
            }
            parts.add(
                    "%s %s, rounds: %d%s"
                            .formatted(
                                    server.title(),
                                    String.join(" and ", versions),
                                    rounds.size(),
                                    foreign.isEmpty()
                                            ? ""
                                            : ", **others used the processors** in round "
                                                    + String.join(", ", foreign)));
        }
        var setting = new TreeSet<String>();
        for (var result : own) {
            var it = result.circumstances();
            setting.add(
                    "%s; PostgreSQL %s, Java %s; warm-up %s, measured %s; %s"
                            .formatted(
                                    it.get("machine"),
                                    it.get("postgres"),
                                    it.get("java"),
                                    it.get("warm-up"),
                                    it.get("measured"),
                                    it.get("time").substring(0, 10)));
        }
        return String.join("; ", parts) + ". " + String.join(" | ", setting) + ".\n";
    }

    private Series series(Scenario scenario, ServerKind server, String key) {
        return Series.of(results, scenario.name(), server, key);
    }
}
