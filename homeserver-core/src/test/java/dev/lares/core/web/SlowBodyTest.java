package dev.lares.core.web;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The other deadlines of a body are so long here that only its rate counts.
@ExtendWith(WebLayer.class)
class SlowBodyTest {
    private static final String KICK = "/_matrix/test/kick";
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(100);
    private static final int BYTES_MAX = 300;

    /// Together they take longer than the window.
    private static final int PARTS = 25;

    /// Each alone is enough for the window.
    private static final int PART_BYTES = 1_000;

    /// One byte now and then keeps the connection from being silent.
    @Test
    void isGivenUpWhenItTrickles(WebLayer.Patient server) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) BETWEEN_BYTES.toMillis());
            var head = RawHttp.head("POST", KICK, Map.of(), 10 * BYTES_MAX);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            int first = -1;
            for (int sent = 0; first < 0 && sent < BYTES_MAX; sent++) {
                socket.getOutputStream().write(' ');
                first = readWithinAMoment(socket);
            }
            var rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat((char) first + rest)
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nContent-Type: application/json")
                    .contains("\"errcode\":\"M_UNKNOWN\"");
        }
    }

    @Test
    void mayTakeLongWhileItComes(WebLayer.Patient server) throws IOException {
        var body = "{\"user_id\":\"@a:b\"" + " ".repeat(PARTS * PART_BYTES) + "}";
        var bytes = body.getBytes(StandardCharsets.US_ASCII);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) BETWEEN_BYTES.toMillis());
            var head = RawHttp.head("POST", KICK, Map.of(), bytes.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            int first = -1;
            for (int sent = 0; sent < bytes.length; sent += PART_BYTES) {
                socket.getOutputStream()
                        .write(bytes, sent, Math.min(PART_BYTES, bytes.length - sent));
                first = readWithinAMoment(socket);
            }
            for (int waited = 0; first < 0 && waited < BYTES_MAX; waited++) {
                first = readWithinAMoment(socket);
            }
            var answer = socket.getInputStream().readNBytes("TTP/1.1 200".length());
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("TTP/1.1 200");
        }
    }

    private static int readWithinAMoment(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return -1;
        }
    }
}
