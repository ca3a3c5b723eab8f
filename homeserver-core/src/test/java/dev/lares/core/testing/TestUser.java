package dev.lares.core.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A user who is logged in with one device.
public final class TestUser extends TestCaller {
    private static final AtomicLong TRANSACTIONS = new AtomicLong();

    private final TestHomeserver server;
    private final String id;
    private final String deviceId;
    private final String accessToken;
    private final String password;

    private TestUser(
            TestHomeserver server, String id, String deviceId, String token, String password) {
        super(server.transport(), withToken(server.headers(), token));
        this.server = server;
        this.id = id;
        this.deviceId = deviceId;
        this.accessToken = token;
        this.password = password;
    }

    private static Map<String, String> withToken(Map<String, String> headers, String token) {
        var all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        return all;
    }

    static TestUser of(TestHomeserver server, String password, TestResponse loggedIn) {
        MatrixAssertions.assertThat(loggedIn).isOk();
        return new TestUser(
                server,
                loggedIn.string("/user_id"),
                loggedIn.string("/device_id"),
                loggedIn.string("/access_token"),
                password);
    }

    /// The user ID.
    public String id() {
        return id;
    }

    public String localpart() {
        return id.substring(1, id.indexOf(':'));
    }

    public String deviceId() {
        return deviceId;
    }

    public String accessToken() {
        return accessToken;
    }

    public String password() {
        return password;
    }

    /// The same user with the same device and token, at another server that knows them: a
    /// [replica][TestHomeserver#replica].
    public TestUser at(TestHomeserver other) {
        return new TestUser(other, id, deviceId, accessToken, password);
    }

    /// The same user on a new device.
    public TestUser login() {
        var request =
                Map.of(
                        "type",
                        "m.login.password",
                        "identifier",
                        Map.of("type", "m.id.user", "user", id),
                        "password",
                        password);
        return of(server, password, server.post("/_matrix/client/v3/login", request));
    }

    /// Creates a room that everybody may join.
    public TestRoom createRoom() {
        return createRoom("{\"preset\":\"public_chat\"}");
    }

    public TestRoom createRoom(String json) {
        var response = post("/_matrix/client/v3/createRoom", json);
        MatrixAssertions.assertThat(response).isOk();
        return new TestRoom(this, response.string("/room_id"));
    }

    public TestResponse join(TestRoom room) {
        return post("/_matrix/client/v3/rooms/{roomId}/join", room.id(), "{}");
    }

    public TestResponse leave(TestRoom room) {
        return post("/_matrix/client/v3/rooms/{roomId}/leave", room.id(), "{}");
    }

    /// Sends a text message and returns its event ID.
    public String say(TestRoom room, String text) {
        return send(room, "m.room.message", Map.of("msgtype", "m.text", "body", text));
    }

    /// Sends an event and returns its ID.
    public String send(TestRoom room, String type, Object content) {
        var response =
                put(
                        "/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}",
                        room.id(),
                        type,
                        "t" + TRANSACTIONS.incrementAndGet(),
                        content);
        MatrixAssertions.assertThat(response).isOk();
        return response.string("/event_id");
    }

    /// Sends a state event and returns its ID.
    public String sendState(TestRoom room, String type, String stateKey, Object content) {
        var response =
                put(
                        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
                        room.id(),
                        type,
                        stateKey,
                        content);
        MatrixAssertions.assertThat(response).isOk();
        return response.string("/event_id");
    }

    /// An initial sync.
    public TestResponse sync() {
        return get("/_matrix/client/v3/sync?timeout=0");
    }

    /// What is new since a token, at once.
    public TestResponse syncSince(String token) {
        return get("/_matrix/client/v3/sync?timeout=0&since={since}", token);
    }

    @Override
    public String toString() {
        return id;
    }
}
