package dev.lares.client.sync;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/// An answer whose joined rooms are built chunk by chunk while it is written, so that neither
/// memory nor a permit waits for a slow client.
///
/// @param head an object that is still open
/// @param joined members of `rooms.join`
/// @param others further members of `rooms`
record ChunkedAnswer(JsonBuffer head, List<Supplier<JsonBuffer>> joined, JsonBuffer others)
        implements SyncAnswer {
    private static final byte[] ROOMS = ",\"rooms\":{\"join\":{".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "}}".getBytes(StandardCharsets.UTF_8);

    @Override
    public void writeTo(OutputStream out) throws IOException {
        head.writeTo(out);
        out.write(ROOMS);
        boolean first = true;
        for (var part : joined) {
            var chunk = part.get();
            if (!chunk.isEmpty()) {
                if (!first) {
                    out.write(',');
                }
                first = false;
                chunk.writeTo(out);
            }
        }
        out.write('}');
        if (!others.isEmpty()) {
            out.write(',');
            others.writeTo(out);
        }
        out.write(END);
    }
}
