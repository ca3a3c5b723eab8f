import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Accounts and rooms that are made once a server and database, through the client API, and used by
/// all runs that follow.
final class Seeds {
    private static final int AT_A_TIME = 8;
    private static final int MESSAGES_PER_ROOM = 6;

    private Seeds() {}

    /// An account in so many rooms of its own, each with a name, a topic and some messages. Returns
    /// its id. Goes on where an interrupted run stopped.
    static String manyRooms(Bench bench, int rooms) throws Exception {
        var name = "rooms." + rooms;
        var known = read(bench);
        if (known.containsKey(name)) {
            return known.getProperty(name);
        }
        bench.say("making an account with " + rooms + " rooms");
        var begun = known.getProperty(name + ".begun", "").split(" ");
        var account =
                begun.length == 2
                        ? new Accounts.Account(begun[0], begun[1])
                        : Accounts.register(bench.server().url());
        keep(bench, name + ".begun", account.id() + " " + account.token());
        final int there;
        try (var client = bench.client(account.token())) {
            there = client.joinedRooms();
        }
        each(rooms - there, i -> seedRoom(bench, account.token(), there + i));
        keep(bench, name, account.id());
        return account.id();
    }

    private static String seedRoom(Bench bench, String token, int number) throws IOException {
        try (var client = bench.client(token)) {
            var room =
                    client.createRoom(
                            """
                            {"name":"Room number %d","topic":"What people talk about in room %d"}\
                            """
                                    .formatted(number, number));
            for (int i = 0; i < MESSAGES_PER_ROOM; i++) {
                client.send(room, "seed" + i, MatrixClient.message(number + "." + i));
            }
            return room;
        }
    }

    /// @param tokens of all members; the first made the room
    record Crowd(String room, List<String> tokens) {}

    /// A room with so many members.
    static Crowd crowd(Bench bench, int members) throws Exception {
        var name = "crowd." + members;
        var known = read(bench);
        if (known.containsKey(name)) {
            var parts = known.getProperty(name).split(" ");
            return new Crowd(parts[0], List.of(parts).subList(1, parts.length));
        }
        bench.say("making a room with " + members + " members");
        var tokens = each(members, i -> Accounts.register(bench.server().url()).token());
        String room;
        try (var client = bench.client(tokens.getFirst())) {
            room = client.createRoom("{\"preset\":\"public_chat\"}");
        }
        each(
                members - 1,
                i -> {
                    try (var client = bench.client(tokens.get(i + 1))) {
                        client.join(room);
                    }
                    return null;
                });
        keep(bench, name, room + " " + String.join(" ", tokens));
        return new Crowd(room, tokens);
    }

    interface Task<T> {
        T run(int index) throws Exception;
    }

    /// Runs the task for each index, some at a time; the results are in the order of the indexes.
    static <T> List<T> each(int count, Task<T> task) throws Exception {
        var slots = new Semaphore(AT_A_TIME);
        var running = new ArrayList<Future<T>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int index = i;
                Callable<T> one =
                        () -> {
                            slots.acquire();
                            try {
                                return task.run(index);
                            } finally {
                                slots.release();
                            }
                        };
                running.add(executor.submit(one));
            }
        }
        var results = new ArrayList<T>();
        for (var one : running) {
            results.add(one.get());
        }
        return results;
    }

    private static Path file(Bench bench) {
        return bench.options()
                .work()
                .resolve("seeds-" + bench.server().kind().key() + ".properties");
    }

    private static Properties read(Bench bench) throws IOException {
        var properties = new Properties();
        if (Files.exists(file(bench))) {
            try (var reader = Files.newBufferedReader(file(bench))) {
                properties.load(reader);
            }
        }
        return properties;
    }

    private static void keep(Bench bench, String name, String value) throws IOException {
        var properties = read(bench);
        properties.setProperty(name, value);
        try (var writer = Files.newBufferedWriter(file(bench))) {
            properties.store(writer, null);
        }
    }
}
