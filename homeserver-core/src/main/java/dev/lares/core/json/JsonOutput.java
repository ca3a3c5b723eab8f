package dev.lares.core.json;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// A growing buffer of UTF-8 JSON, for what is put together from parts. It does not know whether
/// the parts make JSON. Not shared between threads.
public final class JsonOutput {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int size;

    public JsonOutput(int capacity) {
        bytes = new byte[capacity];
    }

    /// JSON that is ready.
    public JsonOutput raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    public JsonOutput raw(byte[] json, int from, int to) {
        ensure(to - from);
        System.arraycopy(json, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    /// Text of ASCII characters only, without quotes or escapes.
    public JsonOutput ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    public JsonOutput ascii(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
        return this;
    }

    public JsonOutput number(long value) {
        if (value >= 0 && value < 10) {
            return ascii((char) ('0' + value));
        }
        return ascii(Long.toString(value));
    }

    /// A string with its quotes and the escapes that it needs. `M_BAD_JSON` where it holds half of
    /// a surrogate pair.
    public JsonOutput string(String value) {
        int length = value.length();
        // The longest form of a UTF-16 unit is 6 bytes (\u0000).
        ensure(length * 6 + 2);
        byte[] out = bytes;
        int to = size;
        out[to++] = '"';
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                if (c < 0x20 || c == '"' || c == '\\') {
                    to = escape(c, out, to);
                } else {
                    out[to++] = (byte) c;
                }
            } else if (c < 0x800) {
                out[to++] = (byte) (0xc0 | (c >> 6));
                out[to++] = (byte) (0x80 | (c & 0x3f));
            } else if (!Character.isSurrogate(c)) {
                out[to++] = (byte) (0xe0 | (c >> 12));
                out[to++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                out[to++] = (byte) (0x80 | (c & 0x3f));
            } else {
                int codePoint = value.codePointAt(i++);
                if (codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    throw new MatrixException(
                            ErrorCode.M_BAD_JSON, "A string holds half of a surrogate pair");
                }
                out[to++] = (byte) (0xf0 | (codePoint >> 18));
                out[to++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
                out[to++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
                out[to++] = (byte) (0x80 | (codePoint & 0x3f));
            }
        }
        out[to++] = '"';
        size = to;
        return this;
    }

    private static int escape(char c, byte[] out, int at) {
        int to = at;
        out[to++] = '\\';
        char name =
                switch (c) {
                    case '"' -> '"';
                    case '\\' -> '\\';
                    case '\b' -> 'b';
                    case '\f' -> 'f';
                    case '\n' -> 'n';
                    case '\r' -> 'r';
                    case '\t' -> 't';
                    default -> 'u';
                };
        out[to++] = (byte) name;
        if (name == 'u') {
            out[to++] = '0';
            out[to++] = '0';
            out[to++] = HEX[c >> 4];
            out[to++] = HEX[c & 0xf];
        }
        return to;
    }

    /// A value in its canonical form.
    public JsonOutput value(JsonNode node, JsonRules rules) {
        CanonicalJsonWriter.append(node, rules, this);
        return this;
    }

    public int size() {
        return size;
    }

    /// The last byte; 0 where there is none yet.
    public byte last() {
        return size == 0 ? 0 : bytes[size - 1];
    }

    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
