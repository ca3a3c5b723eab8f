import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Set;

/// One user's one connection, for one thread.
final class MatrixClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(5);
    private static final byte[] NOTHING = {};

    private final HttpConnection http;
    private final String token;

    MatrixClient(URI server, String token) {
        this.http = new HttpConnection(server);
        this.token = token;
    }

    /// A message of ordinary length. No two are equal: events of the same millisecond would be, and
    /// so would their ids.
    static String message(String serial) {
        return "{\"msgtype\":\"m.text\",\"body\":\"a message of ordinary length, as people write, "
                + serial
                + "\"}";
    }

    String post(String path, String body) throws IOException {
        return new String(call("POST", path, body.getBytes(UTF_8), TIMEOUT), UTF_8);
    }

    /// For large answers.
    byte[] postBytes(String path, String body) throws IOException {
        return call("POST", path, body.getBytes(UTF_8), LONG_TIMEOUT);
    }

    String get(String path) throws IOException {
        return new String(call("GET", path, NOTHING, TIMEOUT), UTF_8);
    }

    private byte[] call(String method, String path, byte[] body, Duration timeout)
            throws IOException {
        var response = http.exchange(method, path, token, body, timeout);
        if (response.status() != 200) {
            throw new IOException(
                    method + " " + path + ": " + response.status() + " " + response.text());
        }
        return response.body();
    }

    String createRoom(String body) throws IOException {
        return Json.text(post("/_matrix/client/v3/createRoom", body), "room_id");
    }

    int joinedRooms() throws IOException {
        var answer = get("/_matrix/client/v3/joined_rooms");
        return Json.count(answer.getBytes(UTF_8), "\"!");
    }

    void join(String room) throws IOException {
        post("/_matrix/client/v3/rooms/" + encode(room) + "/join", "{}");
    }

    /// Returns the event's id, when the server acknowledged it.
    String send(String room, String transaction, String content) throws IOException {
        var path =
                "/_matrix/client/v3/rooms/" + encode(room) + "/send/m.room.message/" + transaction;
        return Json.lastText(call("PUT", path, content.getBytes(UTF_8), TIMEOUT), "event_id");
    }

    byte[] sync(String query) throws IOException {
        return call("GET", "/_matrix/client/v3/sync?" + query, NOTHING, LONG_TIMEOUT);
    }

    /// Reads the room back to its beginning; adds the ids of all its events. Returns the number of
    /// messages.
    int readBack(String room, Set<String> events) throws IOException {
        int messages = 0;
        var from = "";
        while (true) {
            var page =
                    call(
                            "GET",
                            "/_matrix/client/v3/rooms/"
                                    + encode(room)
                                    + "/messages?dir=b&limit=1000"
                                    + from,
                            NOTHING,
                            LONG_TIMEOUT);
            Json.eachText(page, "event_id", events::add);
            messages += Json.count(page, "\"type\":\"m.room.message\"");
            if (Json.count(page, "\"end\":\"") == 0) {
                return messages;
            }
            from = "&from=" + encode(Json.lastText(page, "end"));
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
