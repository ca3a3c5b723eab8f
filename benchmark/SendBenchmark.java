import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// Sends messages into one room: one client one after another, then 50 connections at once. Needs a server with
/// open registration and without rate limits.
///
/// Usage: `java SendBenchmark.java URL [seconds a scenario]`
public final class SendBenchmark {
    private static final int WARM_UP_SECONDS = 20;
    private static final int CONNECTIONS = 50;

    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
    private final AtomicLong serial = new AtomicLong();

    private SendBenchmark(String url) {
        this.url = url;
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        var benchmark = new SendBenchmark(arguments[0]);
        var token = benchmark.register();
        System.out.println("| scenario | messages/s | p50 ms | p99 ms |");
        System.out.println("|---|---|---|---|");
        benchmark.scenario("one client, one room, one after another", token, 1, seconds);
        benchmark.scenario("50 connections, one room", token, CONNECTIONS, seconds);
    }

    private void scenario(String name, String token, int connections, int seconds)
            throws Exception {
        run(room(token), token, connections, WARM_UP_SECONDS);
        var room = room(token);
        var latencies = run(room, token, connections, seconds);
        int kept = count(room, token);
        if (kept != latencies.size()) {
            throw new IllegalStateException(
                    kept + " messages are in the room, " + latencies.size() + " were acknowledged");
        }
        latencies.sort(null);
        System.out.printf(
                "| %s | %d | %.1f | %.1f |%n",
                name,
                latencies.size() / seconds,
                latencies.get(latencies.size() / 2) / 1e6,
                latencies.get(latencies.size() * 99 / 100) / 1e6);
    }

    /// Nanoseconds of each acknowledged message.
    private List<Long> run(String room, String token, int connections, int seconds)
            throws Exception {
        var latencies = new ConcurrentLinkedQueue<Long>();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                executor.submit(
                        () -> {
                            while (System.nanoTime() < end) {
                                long begun = System.nanoTime();
                                send(room, token);
                                latencies.add(System.nanoTime() - begun);
                            }
                            return null;
                        });
            }
        }
        return new ArrayList<>(latencies);
    }

    private void send(String room, String token) throws IOException, InterruptedException {
        var path =
                "/_matrix/client/v3/rooms/" + room + "/send/m.room.message/b" + serial.incrementAndGet();
        call("PUT", path, token, "{\"msgtype\":\"m.text\",\"body\":\"a message of ordinary length, as people write\"}");
    }

    private int count(String room, String token) throws IOException, InterruptedException {
        int found = 0;
        var from = "";
        while (true) {
            var page =
                    call(
                            "GET",
                            "/_matrix/client/v3/rooms/" + room + "/messages?dir=b&limit=1000" + from,
                            token,
                            "");
            found += page.split("\"type\":\"m.room.message\"", -1).length - 1;
            var end = Pattern.compile("\"end\":\"([^\"]+)\"").matcher(page);
            if (!end.find()) {
                return found;
            }
            from = "&from=" + end.group(1);
        }
    }

    private String room(String token) throws IOException, InterruptedException {
        var id = member(call("POST", "/_matrix/client/v3/createRoom", token, "{}"), "room_id");
        return id.replace("!", "%21").replace(":", "%3A");
    }

    private String register() throws IOException, InterruptedException {
        var account = "\"username\":\"bench" + System.nanoTime() + "\",\"password\":\"correct horse battery\"";
        var challenge = call("POST", "/_matrix/client/v3/register", "", "{" + account + "}");
        var auth = "\"auth\":{\"type\":\"m.login.dummy\",\"session\":\"" + member(challenge, "session") + "\"}";
        return member(
                call("POST", "/_matrix/client/v3/register", "", "{" + account + "," + auth + "}"),
                "access_token");
    }

    private String call(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var response = http.send(request.build(), BodyHandlers.ofString());
        boolean challenge = response.statusCode() == 401 && token.isEmpty();
        if (response.statusCode() != 200 && !challenge) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String member(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return found.group(1);
    }
}
