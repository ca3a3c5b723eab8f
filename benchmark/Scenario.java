import java.util.List;
import java.util.Map;
import java.util.Set;

/// One thing that is measured, on one started server at a time.
interface Scenario {
    /// As on the command line.
    String name();

    /// As in the report, with everything that a reader must know to repeat it.
    String title();

    /// What the report shows, in its order.
    List<Metric> metrics();

    List<Aim> aims();

    /// Who can be measured by it.
    default Set<ServerKind> servers() {
        return Set.of(ServerKind.values());
    }

    /// Makes accounts and rooms that last for later runs; need not be alone on the machine.
    default void prepare(Bench bench) throws Exception {}

    /// Fails when an answer is wrong, or a message is missing.
    Map<String, Double> run(Bench bench) throws Exception;

    /// A figure, how it is written, and which way is better.
    record Metric(String key, String label, String format, Better better) {
        enum Better {
            MORE,
            LESS,
            NEITHER
        }

        static Metric more(String key, String label, String format) {
            return new Metric(key, label, format, Better.MORE);
        }

        static Metric less(String key, String label, String format) {
            return new Metric(key, label, format, Better.LESS);
        }

        static Metric neither(String key, String label, String format) {
            return new Metric(key, label, format, Better.NEITHER);
        }
    }

    /// What the project wants to reach.
    record Aim(String text, String metric, Kind kind, double bound) {
        enum Kind {
            /// Synapse's figure is at least so many times ours.
            TIMES_LESS,
            /// Ours is at least so many times Synapse's.
            TIMES_MORE,
            AT_LEAST,
            AT_MOST
        }
    }
}
