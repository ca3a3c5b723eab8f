package dev.lares.core.web.body;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.concurrent.TimeoutException;

/// Reads the body of a request within its bounds.
final class BodyReader {
    private static final int CHUNK_BYTES = 16 * 1024;

    /// A body that is too large is still read away up to this size, since a client that is busy
    /// sending would see a broken connection and not our answer.
    private static final long DRAIN_MAX_BYTES = 32L * 1024 * 1024;

    private final long maxBytes;
    private final long timeoutMillis;
    private final Clock clock;

    BodyReader(RequestBodyProperties properties, Clock clock) {
        this.maxBytes = properties.max().toBytes();
        this.timeoutMillis = properties.timeout().toMillis();
        this.clock = clock;
    }

    /// The whole body, empty where there is none. `M_TOO_LARGE` where it is, 408 where the client
    /// takes too long.
    byte[] read(HttpServletRequest request) {
        long deadline = clock.millis() + timeoutMillis;
        try {
            var in = request.getInputStream();
            long declared = request.getContentLengthLong();
            if (declared > maxBytes) {
                drain(in, 0, deadline);
                throw tooLarge();
            }
            var body = new ByteArrayOutputStream(Math.clamp(declared, 0, CHUNK_BYTES));
            var chunk = new byte[CHUNK_BYTES];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                body.write(chunk, 0, n);
                if (body.size() > maxBytes) {
                    drain(in, body.size(), deadline);
                    throw tooLarge();
                }
                requireTime(deadline);
            }
            return body.toByteArray();
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw tooSlow();
            }
            throw new MatrixException(ErrorCode.M_NOT_JSON, "The body broke off");
        }
    }

    private void drain(InputStream in, long read, long deadline) throws IOException {
        var chunk = new byte[CHUNK_BYTES];
        long total = read;
        int n = 0;
        while (n >= 0 && total <= DRAIN_MAX_BYTES && clock.millis() < deadline) {
            n = in.read(chunk);
            total += n;
        }
    }

    private void requireTime(long deadline) {
        if (clock.millis() > deadline) {
            throw tooSlow();
        }
    }

    private static MatrixException tooSlow() {
        return new MatrixException(ErrorCode.M_UNKNOWN, 408, "The body took too long");
    }

    private MatrixException tooLarge() {
        return new MatrixException(
                ErrorCode.M_TOO_LARGE, "The body is larger than " + maxBytes + " bytes");
    }
}
