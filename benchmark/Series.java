import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One figure of one server over the rounds, by round.
record Series(Map<Integer, Double> rounds) {
    static Series of(Iterable<Result> results, String scenario, ServerKind server, String key) {
        var rounds = new TreeMap<Integer, Double>();
        for (var result : results) {
            var value = result.figures().get(key);
            if (result.scenario().equals(scenario)
                    && result.server() == server
                    && value != null
                    && !value.isNaN()) {
                rounds.put(result.round(), value);
            }
        }
        return new Series(rounds);
    }

    /// This divided by the other one, of the rounds that both have.
    Series over(Series other) {
        var quotients = new TreeMap<Integer, Double>();
        rounds.forEach((round, value) -> {
            var divisor = other.rounds.get(round);
            if (divisor != null && divisor != 0) {
                quotients.put(round, value / divisor);
            }
        });
        return new Series(quotients);
    }

    boolean isEmpty() {
        return rounds.isEmpty();
    }

    double median() {
        var sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return sorted()[0];
    }

    double most() {
        return sorted()[rounds.size() - 1];
    }

    /// The median, and where they differ the least and the most.
    String show(String format) {
        if (isEmpty()) {
            return "–";
        }
        var median = show(format, median());
        var least = show(format, least());
        var most = show(format, most());
        return least.equals(most) ? median : "%s (%s–%s)".formatted(median, least, most);
    }

    private static String show(String format, double value) {
        // Thousands are told apart where there are no fractions.
        return String.format(Locale.ROOT, format.equals("%.0f") ? "%,.0f" : format, value);
    }

    private double[] sorted() {
        var values = rounds.values().stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(values);
        return values;
    }
}
