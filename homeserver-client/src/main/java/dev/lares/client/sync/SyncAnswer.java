package dev.lares.client.sync;

import java.io.IOException;
import java.io.OutputStream;

/// The JSON of an answer. It may be built while it is written, so that a slow client costs no
/// memory.
public interface SyncAnswer {
    /// Blocks as long as the client does. An error after the first byte can only cut the
    /// connection.
    void writeTo(OutputStream out) throws IOException;
}
