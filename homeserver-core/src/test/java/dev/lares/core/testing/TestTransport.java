package dev.lares.core.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// Sends the requests of tests to one server.
final class TestTransport {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(90);

    static {
        // Tests of several domains choose the Host header.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final List<ResponseObserver> OBSERVERS =
            ServiceLoader.load(ResponseObserver.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private final int port;
    private final List<ResponseObserver> observers;

    TestTransport(int port) {
        this(port, OBSERVERS);
    }

    private TestTransport(int port, List<ResponseObserver> observers) {
        this.port = port;
        this.observers = observers;
    }

    TestTransport unobserved() {
        return new TestTransport(port, List.of());
    }

    int port() {
        return port;
    }

    TestResponse exchange(String method, String target, Map<String, String> headers, byte[] body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                        .method(method, BodyPublishers.ofByteArray(body))
                        .timeout(ANSWER_WITHIN);
        headers.forEach(request::setHeader);
        try {
            var answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            var response =
                    new TestResponse(answer.statusCode(), answer.headers().map(), answer.body());
            var exchange = new TestExchange(method, target, headers, body, response);
            observers.forEach(observer -> observer.observe(exchange));
            return response;
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + target + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
