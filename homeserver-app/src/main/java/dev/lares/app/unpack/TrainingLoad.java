package dev.lares.app.unpack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What people do all day, for a while: they send, sync, read and look back in some rooms. What the
/// JVM then finds to be used much is what it compiles first in a later start.
final class TrainingLoad {
    private static final int USERS = 8;
    private static final int ROOMS = 4;

    /// Each is somebody's device that sends, or one that syncs.
    private static final int DEVICES = 16;

    private static final Duration LONG_POLL = Duration.ofSeconds(1);
    private static final Duration AT_ONCE = Duration.ZERO;

    private final List<TrainingUser> users;
    private final List<String> rooms;
    private final long endNanos;

    private TrainingLoad(List<TrainingUser> users, List<String> rooms, long endNanos) {
        this.users = List.copyOf(users);
        this.rooms = List.copyOf(rooms);
        this.endNanos = endNanos;
    }

    /// Throws an [IOException] where the server does not answer as it should.
    static void run(URI server, Duration duration) throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var users = new ArrayList<TrainingUser>();
            for (int i = 0; i < USERS; i++) {
                users.add(TrainingUser.register(http, server, "trainee" + i));
            }
            var rooms = new ArrayList<String>();
            for (int i = 0; i < ROOMS; i++) {
                rooms.add(users.getFirst().createRoom("Room " + i));
                for (var user : users.subList(1, USERS)) {
                    user.join(rooms.getLast());
                }
            }
            new TrainingLoad(users, rooms, System.nanoTime() + duration.toNanos()).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        var devices = new ArrayList<Future<?>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < DEVICES; i++) {
                int device = i;
                var user = users.get(device / 2 % USERS);
                devices.add(
                        executor.submit(() -> {
                            if (device % 2 == 0) {
                                send(user, "device " + device);
                            } else {
                                sync(user);
                            }
                            return null;
                        }));
            }
        }
        for (var device : devices) {
            try {
                device.get();
            } catch (ExecutionException e) {
                throw new IOException("The training broke off", e.getCause());
            }
        }
    }

    private boolean goesOn() {
        return System.nanoTime() < endNanos;
    }

    private void send(TrainingUser user, String name) throws IOException, InterruptedException {
        for (int n = 0; goesOn(); n++) {
            var room = rooms.get(n % ROOMS);
            var eventId = user.say(room, name + " message " + n);
            switch (n % 32) {
                case 8 -> user.read(room, eventId);
                case 16 -> user.type(room);
                case 24 -> user.lookBack(room);
                case 31 -> user.setTopic(room, name + " topic " + n);
                default -> {} // most of what people send is messages
            }
        }
    }

    private void sync(TrainingUser user) throws IOException, InterruptedException {
        var since = "";
        for (int n = 0; goesOn(); n++) {
            if (n % 64 == 63) {
                user.sync("", AT_ONCE);
            }
            since = user.sync(since, n % 4 == 3 ? AT_ONCE : LONG_POLL);
        }
    }
}
