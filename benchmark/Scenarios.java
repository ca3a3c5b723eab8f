import java.util.List;

/// All of them, in the order of the report.
final class Scenarios {
    static final List<Scenario> ALL =
            List.of(
                    new SendScenario("send-one", "One client, one room, one after another", 1, 1),
                    new SendScenario("send-room", "50 connections, one room", 50, 1),
                    new SendScenario("send-rooms", "50 connections, 100 rooms", 50, 100),
                    new FanOutScenario(),
                    new InitialSyncScenario(),
                    new IdleSyncScenario(),
                    new SlidingSyncScenario(),
                    new ParkedScenario(),
                    new SnapshotScenario(),
                    new ReplicasScenario(),
                    new StoredBytesScenario(),
                    new StartScenario());

    /// What says most in ten minutes.
    static final List<String> SMOKE =
            List.of(
                    "send-one",
                    "send-room",
                    "fan-out",
                    "initial-sync",
                    "idle-sync",
                    "stored-bytes");

    private Scenarios() {}

    static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }

    static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no scenario " + name + "; there are " + names()));
    }
}
