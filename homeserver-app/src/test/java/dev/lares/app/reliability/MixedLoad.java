package dev.lares.app.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lares.core.testing.TestCaller;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// People who do a bit of everything, one thing after another with a pause between, while each has
/// a client that syncs. Whatever is not answered 200 breaks it.
final class MixedLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LONG_POLL = Duration.ofSeconds(2);

    private final Replica server;
    private final List<Device> people;
    private final List<String> rooms;
    private final long pauseMillis;
    private final long seed;
    private final LongAdder done = new LongAdder();
    private final LongAdder syncs = new LongAdder();

    /// @param rooms that all of the people are in
    /// @param pause of each of them
    MixedLoad(Replica server, List<Device> people, List<String> rooms, Duration pause, long seed) {
        this.server = server;
        this.people = List.copyOf(people);
        this.rooms = List.copyOf(rooms);
        this.pauseMillis = pause.toMillis();
        this.seed = seed;
    }

    /// What people did, syncs not counted.
    long done() {
        return done.sum();
    }

    long syncs() {
        return syncs.sum();
    }

    /// Goes on for so long; nothing of it is under way any more when it returns.
    void run(Duration duration) throws Exception {
        var stopped = new CountDownLatch(1);
        var broken = new CompletableFuture<Void>();
        var running = new ArrayList<Future<?>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < people.size(); i++) {
                var person = people.get(i);
                var acting = new Person(person, new Random(seed + i), stopped);
                running.add(watched(executor, broken, acting));
                running.add(watched(executor, broken, () -> sync(person, stopped)));
            }
            try {
                broken.get(duration.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException allWell) {
                // It is over.
            } finally {
                stopped.countDown();
            }
            for (var one : running) {
                one.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Future<?> watched(
            ExecutorService executor, CompletableFuture<Void> broken, Callable<?> client) {
        return executor.submit(() -> {
            try {
                return client.call();
            } catch (Exception | Error failure) {
                broken.completeExceptionally(failure);
                throw failure;
            }
        });
    }

    private Object sync(Device person, CountDownLatch stopped)
            throws IOException, InterruptedException {
        var since = "";
        while (stopped.getCount() > 0) {
            since = sync(person, since, LONG_POLL);
        }
        return since;
    }

    private String sync(Device person, String since, Duration timeout)
            throws IOException, InterruptedException {
        var answer = person.get(server, syncTarget(since, timeout)).requireOk();
        syncs.increment();
        return answer.string("/next_batch");
    }

    private static String syncTarget(String since, Duration timeout) {
        return "/_matrix/client/v3/sync?timeout="
                + timeout.toMillis()
                + (since.isEmpty() ? "" : "&since=" + TestCaller.encode(since));
    }

    /// One of the people.
    private final class Person implements Callable<Object> {
        private final Device device;
        private final Random random;
        private final CountDownLatch stopped;
        private String lastSaid = "";
        private String lastRoom = "";

        Person(Device device, Random random, CountDownLatch stopped) {
            this.device = device;
            this.random = random;
            this.stopped = stopped;
        }

        @Override
        public Object call() throws Exception {
            while (!stopped.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                act(rooms.get(random.nextInt(rooms.size())));
                done.increment();
            }
            return device;
        }

        private void act(String room) throws IOException, InterruptedException {
            int dice = random.nextInt(100);
            if (dice < 50 || lastSaid.isEmpty()) {
                say(room);
            } else if (dice < 60) {
                post(Device.room(lastRoom) + "/receipt/m.read/" + encode(lastSaid), "{}");
            } else if (dice < 66) {
                var typing = "{\"typing\":true,\"timeout\":1000}";
                put(Device.room(room) + "/typing/" + encode(device.userId()), typing);
            } else if (dice < 72) {
                device.setState(server, room, "seat" + random.nextInt(20), "v" + dice).requireOk();
            } else if (dice < 78) {
                device.get(server, Device.room(room) + "/messages?dir=b&limit=50").requireOk();
            } else if (dice < 82) {
                sync(device, "", Duration.ZERO);
            } else if (dice < 85) {
                comeAndGo();
            } else if (dice < 88) {
                openAndCloseARoom();
            } else if (dice < 91) {
                var name = "{\"displayname\":\"name %d\"}".formatted(random.nextInt(50));
                put("/_matrix/client/v3/profile/" + encode(device.userId()) + "/displayname", name);
            } else if (dice < 94) {
                put(Device.room(lastRoom) + "/redact/" + encode(lastSaid) + "/" + serial(), "{}");
                lastSaid = "";
            } else if (dice < 97) {
                var data = "{\"value\":%d}".formatted(random.nextInt());
                put(
                        "/_matrix/client/v3/user/"
                                + encode(device.userId())
                                + "/account_data/test.value"
                                + random.nextInt(20),
                        data);
            } else {
                hangUp();
            }
        }

        private void say(String room) throws IOException, InterruptedException {
            var said = device.say(server, room, serial(), "message " + serial()).requireOk();
            lastSaid = said.string("/event_id");
            lastRoom = room;
        }

        private void comeAndGo() throws IOException, InterruptedException {
            var other = device.another(server);
            sync(other, "", Duration.ZERO);
            other.post(server, "/_matrix/client/v3/logout", "{}").requireOk();
        }

        private void openAndCloseARoom() throws IOException, InterruptedException {
            var room = device.createRoom(server);
            var friend = people.get(random.nextInt(people.size()));
            if (!friend.equals(device)) {
                friend.join(server, room);
                friend.say(server, room, serial(), "hello").requireOk();
                friend.post(server, Device.room(room) + "/leave", "{}").requireOk();
            }
            post(Device.room(room) + "/leave", "{}");
            post(Device.room(room) + "/forget", "{}");
        }

        /// A client that asks and is gone before the answer.
        private void hangUp() throws IOException, InterruptedException {
            var since = sync(device, "", Duration.ZERO);
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            server.url()
                                                    + syncTarget(since, Duration.ofMinutes(5))))
                            .header("Authorization", "Bearer " + device.accessToken())
                            .timeout(Duration.ofMillis(100))
                            .build();
            try (var client = HttpClient.newHttpClient()) {
                client.send(request, BodyHandlers.discarding());
            } catch (HttpTimeoutException gone) {
                return; // as it should be, unless something came first
            }
        }

        private void post(String target, String body) throws IOException, InterruptedException {
            device.post(server, target, body).requireOk();
        }

        private void put(String target, String body) throws IOException, InterruptedException {
            Http.exchange(server, "PUT", target, device.accessToken(), body).requireOk();
        }

        private String serial() {
            return Long.toString(random.nextLong(), 36);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
