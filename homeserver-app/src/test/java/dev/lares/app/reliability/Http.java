package dev.lares.app.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Requests whose answers may never come.
final class Http {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final byte[] NO_JSON = "{}".getBytes(UTF_8);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    private Http() {}

    record Answer(int status, JsonNode json) {
        boolean isOk() {
            return status == 200;
        }

        String string(String pointer) {
            return json.at(pointer).stringValue();
        }

        Answer requireOk() {
            if (!isOk()) {
                throw new AssertionError("refused: " + this);
            }
            return this;
        }
    }

    /// @param token of access; empty for none
    static Answer exchange(Replica at, String method, String target, String token, String body)
            throws IOException, InterruptedException {
        return exchange(at, method, target, token, body, ANSWER_WITHIN);
    }

    /// @param within how long the answer may take, for what waits at the server
    static Answer exchange(
            Replica at, String method, String target, String token, String body, Duration within)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(at.url() + target))
                        .timeout(within)
                        .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        var type = answer.headers().firstValue("Content-Type").orElse("");
        var json = type.startsWith("application/json") ? answer.body() : NO_JSON;
        return new Answer(answer.statusCode(), MAPPER.readTree(json));
    }
}
