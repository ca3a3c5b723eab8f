import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a phone does when it starts: the newest rooms, nothing new, and then all rooms.
final class SlidingSyncScenario implements Scenario {
    private static final int DEVICES_MAX = 40;
    private static final int DEVICES_MIN = 3;
    private static final int FIRST = 20;
    private static final int IDLE_REPEATS = 20;
    private static final String PATH =
            "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync?timeout=0&set_presence=offline";

    /// As Element X asks.
    private static final String BODY =
            """
            {"conn_id": "room-list", "lists": {"all_rooms": {"ranges": [[0, %d]], "timeline_limit": 1,
              "required_state": [["m.room.name", ""], ["m.room.encryption", ""], ["m.room.member", "$LAZY"],
                ["m.room.member", "$ME"], ["m.room.topic", ""], ["m.room.avatar", ""], ["m.room.canonical_alias", ""],
                ["m.room.power_levels", ""], ["org.matrix.msc3401.call.member", "*"], ["m.room.join_rules", ""],
                ["m.room.tombstone", ""], ["m.room.create", ""], ["m.room.history_visibility", ""],
                ["m.space.parent", "*"], ["m.space.child", "*"]]}},
             "extensions": {"account_data": {"enabled": true}, "receipts": {"enabled": true, "rooms": ["*"]},
               "typing": {"enabled": true}}}
            """;

    @Override
    public String name() {
        return "sliding-sync";
    }

    @Override
    public String title() {
        return "Simplified sliding sync of an account in 1,000 rooms, one event and Element X's"
                + " required state each, a fresh device each time: the newest 20 rooms, the same"
                + " again with nothing new, then all rooms";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.less("first_p50", "20 rooms, median ms", "%.1f"),
                Metric.less("idle_p50", "nothing new, median ms", "%.3f"),
                Metric.less("all_p50", "the other rooms, median ms", "%.0f"),
                Metric.less("cpu_per_op", "CPU ms a device", "%.0f"),
                Metric.less("server_cpu_per_op", "– of the server", "%.0f"),
                Metric.less("postgres_cpu_per_op", "– of PostgreSQL", "%.0f"),
                Metric.less("bytes", "bytes of all rooms", "%.0f"),
                Metric.neither("operations", "devices measured in a round", "%.0f"));
    }

    @Override
    public List<Aim> aims() {
        return List.of(
                new Aim("≥ 10× faster", "first_p50", Aim.Kind.TIMES_LESS, 10),
                new Aim("≥ 10× faster", "idle_p50", Aim.Kind.TIMES_LESS, 10),
                new Aim("≥ 25× faster", "all_p50", Aim.Kind.TIMES_LESS, 25));
    }

    @Override
    public void prepare(Bench bench) throws Exception {
        Seeds.manyRooms(bench, bench.options().rooms());
    }

    private record Measured(Latencies first, Latencies idle, Latencies all, long[] bytes) {
        Measured() {
            this(new Latencies(), new Latencies(), new Latencies(), new long[1]);
        }
    }

    @Override
    public Map<String, Double> run(Bench bench) throws Exception {
        int rooms = bench.options().rooms();
        var user = Seeds.manyRooms(bench, rooms);
        long slowest;
        long end = System.nanoTime() + bench.options().warmUp().toNanos();
        do {
            var token = Accounts.login(bench.server().url(), user);
            long begun = System.nanoTime();
            start(bench, token, rooms, new Measured());
            slowest = System.nanoTime() - begun;
        } while (System.nanoTime() < end);

        long fit = bench.options().measured().toNanos() / slowest + 1;
        var tokens = new ArrayList<String>();
        for (int i = 0; i < Math.clamp(fit, DEVICES_MIN, DEVICES_MAX); i++) {
            tokens.add(Accounts.login(bench.server().url(), user));
        }
        var measured = new Measured();
        var meter = Meter.start(bench);
        for (var token : tokens) {
            start(bench, token, rooms, measured);
        }
        var figures = meter.stop(tokens.size());
        figures.put("first_p50", measured.first().percentile(50));
        figures.put("idle_p50", measured.idle().percentile(50));
        figures.put("all_p50", measured.all().percentile(50));
        figures.put("bytes", (double) measured.bytes()[0]);
        return figures;
    }

    /// One device's start.
    private static void start(Bench bench, String token, int rooms, Measured measured)
            throws Exception {
        try (var client = bench.client(token)) {
            int first = Math.min(FIRST, rooms);
            var window = BODY.formatted(first - 1);
            var pos = ask(client, "", window, first, measured.first());
            // What the device's own appearance leaves behind is told now.
            pos = askAny(client, pos, window);
            for (int i = 0; i < IDLE_REPEATS; i++) {
                ask(client, pos, window, 0, measured.idle());
            }
            long begun = System.nanoTime();
            var answer = client.postBytes(path(pos), BODY.formatted(rooms - 1));
            measured.all().add(System.nanoTime() - begun);
            measured.bytes()[0] = answer.length;
            requireRooms(answer, rooms - first);
        }
    }

    private static String ask(
            MatrixClient client, String pos, String body, int rooms, Latencies latencies)
            throws Exception {
        long begun = System.nanoTime();
        var answer = client.postBytes(path(pos), body);
        latencies.add(System.nanoTime() - begun);
        requireRooms(answer, rooms);
        return Json.lastText(answer, "pos");
    }

    private static String askAny(MatrixClient client, String pos, String body) throws Exception {
        return Json.lastText(client.postBytes(path(pos), body), "pos");
    }

    private static String path(String pos) {
        return pos.isEmpty() ? PATH : PATH + "&pos=" + MatrixClient.encode(pos);
    }

    private static void requireRooms(byte[] answer, int rooms) {
        int found = Json.count(answer, "\"prev_batch\":");
        if (found != rooms) {
            throw new IllegalStateException("the answer has " + found + " rooms, not " + rooms);
        }
    }
}
