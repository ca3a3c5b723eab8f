package dev.lares.core.json;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads UTF-8 JSON into a tree. Written by hand because Jackson's parser guesses UTF-16 and
/// UTF-32, skips a byte order mark, and takes overlong UTF-8 and lone surrogates, none of which two
/// servers would hash alike.
final class JsonReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Python, and so Synapse, reads integers of up to this many digits.
    private static final int DIGITS_MAX = 4300;

    private static final int LONG_DIGITS_MAX = 18;

    private final byte[] in;
    private final JsonRules rules;
    private final int depthMax;
    private int at;
    private int depth;

    private JsonReader(byte[] in, JsonRules rules, JsonLimits limits) {
        this.in = in;
        this.rules = rules;
        this.depthMax = limits.depthMax();
    }

    static JsonNode read(byte[] utf8, JsonRules rules, JsonLimits limits) {
        if (utf8.length > limits.sizeBytesMax()) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "The JSON text is too long");
        }
        var reader = new JsonReader(utf8, rules, limits);
        var value = reader.value(reader.skipSpace());
        if (reader.skipSpace() != -1) {
            throw notJson();
        }
        return value;
    }

    /// Moves to the next byte that is no space and gives it, or -1 at the end.
    private int skipSpace() {
        while (at < in.length) {
            byte b = in[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xff;
            }
            at++;
        }
        return -1;
    }

    private JsonNode value(int first) {
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> NODES.stringNode(string());
            case 't' -> word("true", NODES.booleanNode(true));
            case 'f' -> word("false", NODES.booleanNode(false));
            case 'n' -> word("null", NODES.nullNode());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw notJson();
        };
    }

    private ObjectNode object() {
        enter();
        var object = NODES.objectNode();
        int next = skipSpace();
        if (next == '}') {
            return leave(object);
        }
        while (next == '"') {
            String name = string();
            if (skipSpace() != ':') {
                throw notJson();
            }
            at++;
            var before = object.replace(name, value(skipSpace()));
            if (before != null && rules != JsonRules.LAX) {
                throw bad("An object has the same name twice");
            }
            next = skipSpace();
            if (next == '}') {
                return leave(object);
            }
            if (next != ',') {
                throw notJson();
            }
            at++;
            next = skipSpace();
        }
        throw notJson();
    }

    private ArrayNode array() {
        enter();
        var array = NODES.arrayNode();
        int next = skipSpace();
        if (next == ']') {
            return leave(array);
        }
        while (true) {
            array.add(value(next));
            next = skipSpace();
            if (next == ']') {
                return leave(array);
            }
            if (next != ',') {
                throw notJson();
            }
            at++;
            next = skipSpace();
        }
    }

    private void enter() {
        if (++depth > depthMax) {
            throw bad("The JSON is nested too deep");
        }
        at++;
    }

    private <T> T leave(T container) {
        depth--;
        at++;
        return container;
    }

    private JsonNode word(String word, JsonNode node) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at == in.length || in[at] != word.charAt(i)) {
                throw notJson();
            }
        }
        return node;
    }

    /// Stands at the opening quote, ends behind the closing one.
    private String string() {
        int start = ++at;
        int seen = 0;
        while (at < in.length) {
            byte b = in[at];
            if (b == '"') {
                String text = decode(start, at, seen);
                at++;
                return text;
            }
            if (b == '\\') {
                return escapedString(start, seen);
            }
            if (b >= 0 && b < 0x20) {
                throw notJson();
            }
            seen |= b;
            at++;
        }
        throw notJson();
    }

    /// Goes on with a string at its first backslash.
    private String escapedString(int start, int seenBefore) {
        var text = new StringBuilder(decode(start, at, seenBefore));
        int runStart = at;
        int seen = 0;
        while (at < in.length) {
            byte b = in[at];
            if (b == '"') {
                text.append(decode(runStart, at, seen));
                at++;
                return requireNoLoneSurrogate(text);
            }
            if (b >= 0 && b < 0x20) {
                throw notJson();
            }
            seen |= b;
            at++;
            if (b == '\\') {
                text.append(decode(runStart, at - 1, seen)).append(escape());
                runStart = at;
                seen = 0;
            }
        }
        throw notJson();
    }

    /// Stands behind the backslash, ends behind the escape.
    private char escape() {
        if (at == in.length) {
            throw notJson();
        }
        return switch (in[at++]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (in.length - at < 4) {
                    throw notJson();
                }
                int unit = 0;
                for (int i = 0; i < 4; i++) {
                    unit = (unit << 4) | hexDigit(in[at++]);
                }
                yield (char) unit;
            }
            default -> throw notJson();
        };
    }

    private static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        if (lower >= 'a' && lower <= 'f') {
            return lower - 'a' + 10;
        }
        throw notJson();
    }

    /// @param seen the bytes of the range, or-ed: negative where one of them is not ASCII
    private String decode(int from, int to, int seen) {
        if (seen >= 0) {
            return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
        }
        var text = new String(in, from, to - from, StandardCharsets.UTF_8);
        // A malformed sequence shows as a replacement character; so does a real one, though.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                var _ =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(in, from, to - from));
            } catch (CharacterCodingException e) {
                throw new MatrixException(ErrorCode.M_NOT_JSON, "Not UTF-8");
            }
        }
        return text;
    }

    private static String requireNoLoneSurrogate(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i++;
                if (!Character.isHighSurrogate(c)
                        || i == text.length()
                        || !Character.isLowSurrogate(text.charAt(i))) {
                    throw bad("A string holds half of a surrogate pair");
                }
            }
        }
        return text.toString();
    }

    private JsonNode number() {
        int start = at;
        if (in[at] == '-') {
            at++;
        }
        int firstDigit = at;
        skipDigits();
        if (in[firstDigit] == '0' && at > firstDigit + 1) {
            throw notJson();
        }
        boolean integer = true;
        if (at < in.length && in[at] == '.') {
            integer = false;
            at++;
            skipDigits();
        }
        if (at < in.length && (in[at] | 0x20) == 'e') {
            integer = false;
            at++;
            if (at < in.length && (in[at] == '+' || in[at] == '-')) {
                at++;
            }
            skipDigits();
        }
        return integer ? integer(start, at - firstDigit) : fraction(start);
    }

    private void skipDigits() {
        int start = at;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw notJson();
        }
    }

    private JsonNode integer(int start, int digits) {
        if (digits <= LONG_DIGITS_MAX) {
            long value = Long.parseLong(ascii(start));
            CanonicalNumbers.requireAllowed(value, rules);
            return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
        }
        if (rules == JsonRules.STRICT) {
            throw CanonicalNumbers.outOfRange();
        }
        if (digits > DIGITS_MAX) {
            throw bad("An integer has too many digits");
        }
        var value = new BigInteger(ascii(start));
        return value.bitLength() < Long.SIZE
                ? NODES.numberNode(value.longValue())
                : NODES.numberNode(value);
    }

    private JsonNode fraction(int start) {
        if (rules == JsonRules.STRICT) {
            throw CanonicalNumbers.outOfRange();
        }
        double value = Double.parseDouble(ascii(start));
        if (!Double.isFinite(value)) {
            throw bad("A number is too large");
        }
        return NODES.numberNode(value);
    }

    private String ascii(int start) {
        return new String(in, start, at - start, StandardCharsets.ISO_8859_1);
    }

    private static MatrixException notJson() {
        return new MatrixException(ErrorCode.M_NOT_JSON, "Not JSON");
    }

    private static MatrixException bad(String message) {
        return new MatrixException(ErrorCode.M_BAD_JSON, message);
    }
}
