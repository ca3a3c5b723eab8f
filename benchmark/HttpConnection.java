import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// One kept-alive HTTP/1.1 connection, for one thread. It costs a fraction of the JDK's client: the
/// load generator shares the cores with the servers that it measures.
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final URI server;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int begin;
    private int end;
    private Socket socket;
    private InputStream input;

    HttpConnection(URI server) {
        this.server = server;
    }

    record Response(int status, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }
    }

    /// A connection that the server closed while it was idle is opened again, once. All requests of
    /// the benchmark may be repeated: those that write carry a transaction id or make what nobody
    /// counts.
    Response exchange(String method, String path, String token, byte[] body, Duration timeout)
            throws IOException {
        boolean used = socket != null;
        try {
            return attempt(method, path, token, body, timeout);
        } catch (ClosedIdleException closed) {
            close();
            if (!used) {
                throw closed;
            }
            return attempt(method, path, token, body, timeout);
        } catch (IOException broken) {
            close();
            throw broken;
        }
    }

    private Response attempt(
            String method, String path, String token, byte[] body, Duration timeout)
            throws IOException {
        connect();
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        send(method, path, token, body);
        var status = statusLine();
        int length = 0;
        boolean chunked = false;
        boolean closes = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                chunked = header.contains("chunked");
            } else if (header.startsWith("connection:")) {
                closes = header.contains("close");
            }
        }
        var response =
                new Response(
                        Integer.parseInt(status.substring(9, 12)),
                        chunked ? chunks() : bytes(length));
        if (closes) {
            close();
        }
        return response;
    }

    private void connect() throws IOException {
        if (socket != null) {
            return;
        }
        var opened = new Socket();
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.connect(new InetSocketAddress(server.getHost(), server.getPort()), 10_000);
        socket = opened;
        input = opened.getInputStream();
        begin = 0;
        end = 0;
    }

    private void send(String method, String path, String token, byte[] body) throws IOException {
        var head = new StringBuilder(256);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
        if (!token.isEmpty()) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (!method.equals("GET")) {
            head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length);
            head.append("\r\n");
        }
        var bytes = head.append("\r\n").toString().getBytes(ISO_8859_1);
        var request = new byte[bytes.length + body.length];
        System.arraycopy(bytes, 0, request, 0, bytes.length);
        System.arraycopy(body, 0, request, bytes.length, body.length);
        try {
            socket.getOutputStream().write(request);
        } catch (IOException closed) {
            throw new ClosedIdleException(closed);
        }
    }

    private String statusLine() throws IOException {
        try {
            if (begin == end) {
                fill();
            }
        } catch (EOFException | java.net.SocketException closed) {
            throw new ClosedIdleException(closed);
        }
        return line();
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        while (true) {
            if (begin == end) {
                fill();
            }
            int next = buffer[begin++] & 0xff;
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
            if (length == 0) {
                while (!line().isEmpty()) {}
                return body.toByteArray();
            }
            body.writeBytes(bytes(length));
            line();
        }
    }

    private byte[] bytes(int length) throws IOException {
        var bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            if (begin == end) {
                if (length - filled >= BUFFER_BYTES) {
                    int read = input.read(bytes, filled, length - filled);
                    if (read < 0) {
                        throw new EOFException("the server closed the connection in a body");
                    }
                    filled += read;
                    continue;
                }
                fill();
            }
            int part = Math.min(end - begin, length - filled);
            System.arraycopy(buffer, begin, bytes, filled, part);
            begin += part;
            filled += part;
        }
        return bytes;
    }

    private void fill() throws IOException {
        int read = input.read(buffer, 0, BUFFER_BYTES);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        begin = 0;
        end = read;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /// The connection turned out to be closed before any byte of an answer came.
    private static final class ClosedIdleException extends IOException {
        private static final long serialVersionUID = 1;

        ClosedIdleException(IOException cause) {
            super(cause);
        }
    }
}
