package dev.lares.client.sync;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/// Puts an answer together from JSON that is ready. Commas set themselves: whoever opens an object
/// or an array, names members and adds values never writes one.
public final class JsonBuffer {
    private static final int INITIAL_BYTES = 1024;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    public JsonBuffer openObject() {
        return value().put('{');
    }

    public JsonBuffer closeObject() {
        return put('}');
    }

    public JsonBuffer openArray() {
        return value().put('[');
    }

    public JsonBuffer closeArray() {
        return put(']');
    }

    public JsonBuffer name(String name) {
        return value().quoted(name).put(':');
    }

    public JsonBuffer string(String value) {
        return value().quoted(value);
    }

    public JsonBuffer number(long value) {
        return value().ascii(Long.toString(value));
    }

    public JsonBuffer literal(boolean value) {
        return value().ascii(Boolean.toString(value));
    }

    /// JSON that is ready, taken as it is.
    public JsonBuffer raw(byte[] json) {
        return value().append(json, json.length);
    }

    public JsonBuffer raw(String json) {
        return raw(json.getBytes(StandardCharsets.UTF_8));
    }

    /// The members of an object, without its braces, that another buffer holds; nothing where it is
    /// empty.
    public JsonBuffer members(JsonBuffer other) {
        return other.length == 0 ? this : value().append(other.bytes, other.length);
    }

    public boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    /// A comma where the last byte ended a value.
    private JsonBuffer value() {
        if (length > 0) {
            byte last = bytes[length - 1];
            if (last != '{' && last != '[' && last != ':') {
                put(',');
            }
        }
        return this;
    }

    private JsonBuffer quoted(String value) {
        put('"');
        var encoded = JsonStringEncoder.getInstance().quoteAsUTF8(value);
        return append(encoded, encoded.length).put('"');
    }

    private JsonBuffer ascii(String value) {
        var encoded = value.getBytes(StandardCharsets.US_ASCII);
        return append(encoded, encoded.length);
    }

    private JsonBuffer put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    private JsonBuffer append(byte[] source, int count) {
        ensure(count);
        System.arraycopy(source, 0, bytes, length, count);
        length += count;
        return this;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
