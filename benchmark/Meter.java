import java.util.LinkedHashMap;
import java.util.Map;

/// What a stretch of time cost: processor time of the servers, of PostgreSQL and of everybody else,
/// and what PostgreSQL wrote.
final class Meter {
    private final Bench bench;
    private final long begun = System.nanoTime();
    private final Reading before;

    private Meter(Bench bench) throws Exception {
        this.bench = bench;
        this.before = Reading.of(bench);
    }

    static Meter start(Bench bench) throws Exception {
        return new Meter(bench);
    }

    /// The costs by name; those that end in `_per_op` are divided by the number of operations.
    Map<String, Double> stop(long operations) throws Exception {
        var after = Reading.of(bench);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double server = after.server - before.server;
        double postgres = after.postgres - before.postgres;
        double generator = after.generator - before.generator;
        double foreign = Math.max(0, after.busy - before.busy - server - postgres - generator);
        var costs = new LinkedHashMap<String, Double>();
        costs.put("seconds", seconds);
        costs.put("operations", (double) operations);
        costs.put("server_cpu_per_op", server / operations);
        costs.put("postgres_cpu_per_op", postgres / operations);
        costs.put("cpu_per_op", (server + postgres) / operations);
        costs.put("generator_cpu_per_op", generator / operations);
        costs.put("server_cpu_share", server / seconds / 1e3 * 100);
        costs.put("wal_per_op", (double) (after.wal - before.wal) / operations);
        costs.put("wal_syncs", (double) (after.syncs - before.syncs));
        int processors = Runtime.getRuntime().availableProcessors();
        costs.put("foreign_share", foreign / (seconds * 1e3 * processors) * 100);
        return costs;
    }

    private record Reading(
            double server, double postgres, double generator, double busy, long wal, long syncs) {

        static Reading of(Bench bench) throws Exception {
            double server = 0;
            for (var process : bench.servers()) {
                server += Processes.treeMillis(process.pid());
            }
            double all = Processes.treeMillis(ProcessHandle.current().pid());
            // The servers are our children.
            return new Reading(
                    server,
                    Processes.treeMillis(bench.postgresPid()),
                    all - server,
                    Processes.busyMillis(),
                    bench.postgres().walBytes(),
                    bench.postgres().walSyncs());
        }
    }
}
