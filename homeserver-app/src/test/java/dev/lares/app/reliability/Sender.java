package dev.lares.app.reliability;

import dev.lares.app.reliability.Http.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// Sends one thing after another, each until it is acknowledged, by the same transaction id: some
/// messages, now and then a state event. After a failure it also repeats what had been acknowledged
/// before.
final class Sender implements Callable<List<Sender.Sent>> {
    private static final int STATE_EVERY = 8;
    private static final int SEATS = 5;

    private final String name;
    private final Device device;
    private final List<String> rooms;
    private final Servers servers;
    private final Load load;
    private final int turn;
    private final List<Sent> sent = new ArrayList<>();

    /// @param turn which of the replicas it prefers
    Sender(String name, Device device, List<String> rooms, Servers servers, Load load, int turn) {
        this.name = name;
        this.device = device;
        this.rooms = List.copyOf(rooms);
        this.servers = servers;
        this.load = load;
        this.turn = turn;
    }

    /// A message that was acknowledged.
    record Sent(Device by, String roomId, String txnId, String body, String eventId) {}

    private interface Request {
        Answer to(Replica replica) throws IOException, InterruptedException;
    }

    @Override
    public List<Sent> call() throws InterruptedException {
        for (int n = 0; load.goesOn(); n++) {
            var room = rooms.get(Math.floorMod(turn + n, rooms.size()));
            var text = name + "-" + n;
            if (n % STATE_EVERY == STATE_EVERY - 1) {
                var seat = "seat" + n % SEATS;
                untilDone(replica -> device.setState(replica, room, seat, text));
            } else {
                var answer = untilDone(replica -> device.say(replica, room, text, text));
                sent.add(new Sent(device, room, text, text, answer.string("/event_id")));
            }
            load.acknowledged();
        }
        return sent;
    }

    private Answer untilDone(Request request) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                var answer = request.to(servers.pick(turn + attempt));
                if (answer.isOk()) {
                    if (attempt > 0 && !sent.isEmpty()) {
                        repeat(sent.getLast());
                    }
                    return answer;
                }
                load.unavailable(answer);
            } catch (IOException noAnswer) {
                load.failed(noAnswer);
            }
            servers.backOff();
        }
    }

    private void repeat(Sent before) throws InterruptedException {
        try {
            var answer =
                    device.say(servers.pick(turn), before.roomId(), before.txnId(), before.body());
            if (answer.isOk() && !answer.string("/event_id").equals(before.eventId())) {
                throw new AssertionError(before + " was sent a second time: " + answer);
            }
        } catch (IOException noAnswer) {
            load.failed(noAnswer);
        }
    }
}
