package dev.lares.app.reliability;

import dev.lares.app.reliability.Http.Answer;
import dev.lares.core.testing.TestCaller;
import java.io.IOException;
import java.time.Duration;

/// Somebody who is logged in.
record Device(String userId, String accessToken) {
    private static final String PASSWORD = "correct horse battery staple";

    static Device register(Replica at, String localpart) throws IOException, InterruptedException {
        var path = "/_matrix/client/v3/register";
        var account = "\"username\":\"" + localpart + "\",\"password\":\"" + PASSWORD + "\"";
        var asked = Http.exchange(at, "POST", path, "", "{" + account + "}");
        var auth =
                ",\"auth\":{\"type\":\"m.login.dummy\",\"session\":\""
                        + asked.string("/session")
                        + "\"}";
        return of(Http.exchange(at, "POST", path, "", "{" + account + auth + "}"));
    }

    /// The same user on a new device.
    Device another(Replica at) throws IOException, InterruptedException {
        var login =
                """
                {"type": "m.login.password", "password": "%s",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """
                        .formatted(PASSWORD, userId);
        return of(Http.exchange(at, "POST", "/_matrix/client/v3/login", "", login));
    }

    private static Device of(Answer loggedIn) {
        loggedIn.requireOk();
        return new Device(loggedIn.string("/user_id"), loggedIn.string("/access_token"));
    }

    Answer get(Replica at, String target) throws IOException, InterruptedException {
        return Http.exchange(at, "GET", target, accessToken, "");
    }

    /// @param within how long the answer may take
    Answer get(Replica at, String target, Duration within)
            throws IOException, InterruptedException {
        return Http.exchange(at, "GET", target, accessToken, "", within);
    }

    Answer post(Replica at, String target, String body) throws IOException, InterruptedException {
        return Http.exchange(at, "POST", target, accessToken, body);
    }

    /// A room that everybody may join and change.
    String createRoom(Replica at) throws IOException, InterruptedException {
        var room =
                "{\"preset\":\"public_chat\",\"power_level_content_override\":{\"state_default\":0}}";
        return post(at, "/_matrix/client/v3/createRoom", room).requireOk().string("/room_id");
    }

    void join(Replica at, String roomId) throws IOException, InterruptedException {
        post(at, room(roomId) + "/join", "{}").requireOk();
    }

    Answer say(Replica at, String roomId, String txnId, String text)
            throws IOException, InterruptedException {
        var target = room(roomId) + "/send/m.room.message/" + txnId;
        var body = "{\"msgtype\":\"m.text\",\"body\":\"" + text + "\"}";
        return Http.exchange(at, "PUT", target, accessToken, body);
    }

    Answer setState(Replica at, String roomId, String stateKey, String value)
            throws IOException, InterruptedException {
        var target = room(roomId) + "/state/test.seat/" + stateKey;
        return Http.exchange(at, "PUT", target, accessToken, "{\"body\":\"" + value + "\"}");
    }

    static String room(String roomId) {
        return "/_matrix/client/v3/rooms/" + TestCaller.encode(roomId);
    }
}
