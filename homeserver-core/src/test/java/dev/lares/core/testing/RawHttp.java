package dev.lares.core.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP/1.1 connection on which a test writes what it likes, bad requests above all, which no
/// client library would send.
public final class RawHttp implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    public RawHttp(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) ANSWER_WITHIN.toMillis());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new IllegalStateException("cannot connect to port " + port, e);
        }
    }

    /// One request on a connection of its own.
    public static TestResponse exchange(int port, String method, String target, byte[] body) {
        return exchange(port, method, target, Map.of(), body);
    }

    /// One request on a connection of its own.
    public static TestResponse exchange(
            int port, String method, String target, Map<String, String> headers, byte[] body) {
        try (var connection = new RawHttp(port)) {
            connection.send(head(method, target, headers, body.length), body);
            return connection.receive(method);
        }
    }

    /// The head of a request with `Host`, the given headers and a `Content-Length`.
    public static String head(
            String method, String target, Map<String, String> headers, long contentLength) {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (headers.keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
            head.append("Host: localhost\r\n");
        }
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (contentLength > 0) {
            head.append("Content-Length: " + contentLength + "\r\n");
        }
        return head.append("\r\n").toString();
    }

    /// Sends bytes as they are. A server that has already answered and hung up is no failure: what
    /// it said is read with [#receive].
    public void send(String head, byte[] body) {
        try {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
        } catch (IOException e) {
            // The answer tells.
        }
    }

    public TestResponse receive(String method) {
        try {
            var statusLine = line();
            int status = Integer.parseInt(statusLine.split(" ")[1]);
            var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            for (var line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
            return new TestResponse(status, headers, bodiless ? new byte[0] : body(headers));
        } catch (IOException e) {
            throw new IllegalStateException("no whole answer", e);
        }
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        var length = headers.get("Content-Length");
        if (length != null) {
            return in.readNBytes(Integer.parseInt(length.getFirst()));
        }
        if (headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked")) {
            return chunks();
        }
        return in.readAllBytes();
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip().toLowerCase(Locale.ROOT), 16);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up after: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
