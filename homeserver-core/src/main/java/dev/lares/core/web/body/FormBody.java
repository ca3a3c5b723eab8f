package dev.lares.core.web.body;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a submitted HTML form. A controller takes it as a parameter.
public record FormBody(Map<String, List<String>> fields) {
    private static final int FIELDS_MAX = 100;

    public FormBody {
        fields = Map.copyOf(fields);
    }

    /// The first value of a field.
    public Optional<String> first(String name) {
        return fields.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// Fails with an [IllegalArgumentException] where percent signs are broken, where it is not
    /// UTF-8, holds a NUL, or has more fields than a page asks for.
    static FormBody parse(byte[] body) {
        var fields = new LinkedHashMap<String, List<String>>();
        var text = utf8(body);
        int count = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('&', start);
            var pair = text.substring(start, end < 0 ? text.length() : end);
            start += pair.length() + 1;
            if (!pair.isEmpty()) {
                if (++count > FIELDS_MAX) {
                    throw new IllegalArgumentException("more than " + FIELDS_MAX + " fields");
                }
                int equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                var value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
            }
        }
        return new FormBody(fields);
    }

    /// The percent signs are decoded to Latin-1, byte by byte, so that bytes which are not UTF-8
    /// are refused and not replaced.
    private static String decode(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        var decoded =
                ascii
                        ? utf8(
                                URLDecoder.decode(text, StandardCharsets.ISO_8859_1)
                                        .getBytes(StandardCharsets.ISO_8859_1))
                        : URLDecoder.decode(text, StandardCharsets.UTF_8);
        if (decoded.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL");
        }
        return decoded;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }
}
