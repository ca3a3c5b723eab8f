package dev.lares.core.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// JSON that is ready to be sent: where a record holds one, its bytes go into the answer as they
/// are.
public final class RawJson {
    private final byte[] utf8;

    /// @param utf8 one JSON value; taken over
    public RawJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    public static List<RawJson> list(List<byte[]> values) {
        return values.stream().map(RawJson::new).toList();
    }

    public int sizeBytes() {
        return utf8.length;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
