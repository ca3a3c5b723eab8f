package dev.lares.app.reliability;

import dev.lares.app.reliability.Http.Answer;
import dev.lares.core.testing.TestCaller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/// A client that syncs from one replica after another, each time with the token of the last answer
/// that it got, and keeps what it is told.
final class SyncChain implements Callable<SyncChain> {
    private static final String FILTER =
            TestCaller.encode("{\"room\":{\"timeline\":{\"limit\":1000}}}");
    private static final int LAST_LOOKS = 200;

    private final Device device;
    private final Servers servers;
    private final Load load;
    private final Map<String, List<String>> timelines = new HashMap<>();
    private final Map<String, Map<String, String>> states = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private String since = "";
    private int turn;

    /// @param turn with which of the replicas it begins
    SyncChain(Device device, Servers servers, Load load, int turn) {
        this.device = device;
        this.servers = servers;
        this.load = load;
        this.turn = turn;
    }

    /// Event ids in the order in which they came, by room.
    Map<String, List<String>> timelines() {
        return timelines;
    }

    /// Event ids by type and state key, by room.
    Map<String, Map<String, String>> states() {
        return states;
    }

    @Override
    public SyncChain call() throws InterruptedException {
        for (int looks = 0; looks < LAST_LOOKS; ) {
            if (load.expected().isEmpty()) {
                step(500);
            } else {
                looks++;
                if (step(50) && seen.containsAll(load.expected())) {
                    return this;
                }
            }
        }
        var missing = new HashSet<>(load.expected());
        missing.removeAll(seen);
        throw new AssertionError(device.userId() + " never saw " + missing);
    }

    /// True where the answer told nothing.
    private boolean step(int timeoutMillis) throws InterruptedException {
        var target =
                "/_matrix/client/v3/sync?use_state_after=true&filter="
                        + FILTER
                        + (since.isEmpty() ? "" : "&timeout=" + timeoutMillis + "&since=" + since);
        try {
            var answer = device.get(servers.pick(turn++), target);
            if (answer.isOk()) {
                return apply(answer);
            }
            load.unavailable(answer);
        } catch (IOException noAnswer) {
            load.failed(noAnswer);
        }
        servers.backOff();
        return false;
    }

    private boolean apply(Answer answer) {
        var joined = answer.json().at("/rooms/join");
        for (var room : joined.properties()) {
            apply(room.getKey(), room.getValue());
        }
        since = TestCaller.encode(answer.string("/next_batch"));
        return joined.isEmpty();
    }

    private void apply(String roomId, JsonNode room) {
        if (room.at("/timeline/limited").asBoolean(false)) {
            throw new AssertionError("a gap in " + roomId + ": more than it asked for");
        }
        var timeline = timelines.computeIfAbsent(roomId, id -> new ArrayList<>());
        for (var event : room.at("/timeline/events")) {
            var eventId = event.at("/event_id").stringValue();
            if (!seen.add(eventId)) {
                throw new AssertionError(eventId + " came twice to " + device.userId());
            }
            timeline.add(eventId);
        }
        var state = states.computeIfAbsent(roomId, id -> new HashMap<>());
        for (var event : room.at("/state_after/events")) {
            state.put(
                    event.at("/type").stringValue() + " " + event.at("/state_key").stringValue(),
                    event.at("/event_id").stringValue());
        }
    }
}
