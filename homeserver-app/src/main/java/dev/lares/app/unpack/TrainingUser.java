package dev.lares.app.unpack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An account of a training, and what it asks the server. Anything but 200 fails.
final class TrainingUser {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String CLIENT = "/_matrix/client/v3";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;
    private final URI server;
    private final String userId;
    private final String token;

    private TrainingUser(HttpClient http, URI server, String userId, String token) {
        this.http = http;
        this.server = server;
        this.userId = userId;
        this.token = token;
    }

    static TrainingUser register(HttpClient http, URI server, String name)
            throws IOException, InterruptedException {
        var body =
                """
                {"username":"%s","password":"training %s","auth":{"type":"m.login.dummy"}}
                """
                        .formatted(name, name);
        var answer = call(http, server, "POST", CLIENT + "/register", "", body);
        return new TrainingUser(
                http,
                server,
                answer.path("user_id").stringValue(),
                answer.path("access_token").stringValue());
    }

    String createRoom(String name) throws IOException, InterruptedException {
        var body = "{\"preset\":\"public_chat\",\"name\":\"%s\"}".formatted(name);
        return post("/createRoom", body).path("room_id").stringValue();
    }

    void join(String roomId) throws IOException, InterruptedException {
        post(room(roomId) + "/join", "{}");
    }

    String say(String roomId, String text) throws IOException, InterruptedException {
        var body = "{\"msgtype\":\"m.text\",\"body\":\"%s\"}".formatted(text);
        return put(room(roomId) + "/send/m.room.message/" + encode(text), body)
                .path("event_id")
                .stringValue();
    }

    void setTopic(String roomId, String topic) throws IOException, InterruptedException {
        put(room(roomId) + "/state/m.room.topic", "{\"topic\":\"%s\"}".formatted(topic));
    }

    void read(String roomId, String eventId) throws IOException, InterruptedException {
        post(room(roomId) + "/receipt/m.read/" + encode(eventId), "{}");
    }

    void type(String roomId) throws IOException, InterruptedException {
        put(room(roomId) + "/typing/" + encode(userId), "{\"typing\":true,\"timeout\":3000}");
    }

    void lookBack(String roomId) throws IOException, InterruptedException {
        get(room(roomId) + "/messages?dir=b&limit=50");
        get(room(roomId) + "/members");
    }

    /// The token for the next one. Empty: an initial sync.
    String sync(String since, Duration timeout) throws IOException, InterruptedException {
        var query = "/sync?timeout=" + timeout.toMillis();
        return get(since.isEmpty() ? query : query + "&since=" + encode(since))
                .path("next_batch")
                .stringValue();
    }

    private static String room(String roomId) {
        return "/rooms/" + encode(roomId);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return call(http, server, "GET", CLIENT + path, token, "");
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        return call(http, server, "POST", CLIENT + path, token, body);
    }

    private JsonNode put(String path, String body) throws IOException, InterruptedException {
        return call(http, server, "PUT", CLIENT + path, token, body);
    }

    private static JsonNode call(
            HttpClient http, URI server, String method, String path, String token, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(TIMEOUT)
                        .method(method, BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = http.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "%s %s was answered %d %s"
                            .formatted(
                                    method,
                                    path,
                                    answer.statusCode(),
                                    new String(answer.body(), UTF_8)));
        }
        return JSON.readTree(answer.body());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
