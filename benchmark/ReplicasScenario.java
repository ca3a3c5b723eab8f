import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One room written through two replicas at once.
final class ReplicasScenario implements Scenario {
    private static final int CONNECTIONS = 50;

    @Override
    public String name() {
        return "replicas";
    }

    @Override
    public String title() {
        return "50 connections in one room through one replica, then through two, on the same two"
                + " cores";
    }

    @Override
    public Set<ServerKind> servers() {
        return Set.of(ServerKind.LARES);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.more("rate_one", "messages/s through one", "%.0f"),
                Metric.more("rate_two", "messages/s through two", "%.0f"),
                Metric.more("kept", "× the rate through one", "%.2f"),
                Metric.less("cpu_one", "CPU ms a message through one", "%.3f"),
                Metric.less("cpu_per_op", "CPU ms a message through two", "%.3f"));
    }

    @Override
    public List<Aim> aims() {
        return List.of(new Aim("≥ 0.8 × the rate through one", "kept", Aim.Kind.AT_LEAST, 0.8));
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        var first = bench.server().url();
        var account = Accounts.register(first);
        var one = SendScenario.measure(bench, load(bench, account.token(), List.of(first)));

        var both = List.of(first, bench.startAnother().url());
        var figures =
                new LinkedHashMap<>(
                        SendScenario.measure(bench, load(bench, account.token(), both)));
        figures.put("rate_one", one.get("rate"));
        figures.put("cpu_one", one.get("cpu_per_op"));
        figures.put("rate_two", figures.get("rate"));
        figures.put("kept", figures.get("rate") / one.get("rate"));
        figures.put(
                "foreign_share", Math.max(one.get("foreign_share"), figures.get("foreign_share")));
        return figures;
    }

    private static SendLoad load(Bench bench, String token, List<URI> servers) throws Exception {
        try (var client = bench.client(token)) {
            return new SendLoad(servers, token, SendLoad.createRooms(client, 1), CONNECTIONS);
        }
    }
}
