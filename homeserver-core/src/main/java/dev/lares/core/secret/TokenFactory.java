package dev.lares.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.CRC32;
import org.springframework.stereotype.Component;

/// Makes opaque tokens: prefix, 256 random bits and a checksum, in the grammar of [opaque
/// identifiers](https://spec.matrix.org/v1.19/appendices/#opaque-identifiers).
@Component
public class TokenFactory {
    private static final int RANDOM_BYTES = 32;
    private static final int CHECKSUM_CHARS = 6;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random;

    TokenFactory(SecureRandom random) {
        this.random = random;
    }

    public String create(TokenKind kind) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var body = kind.prefix() + BASE64.encodeToString(bytes);
        return body + checksum(body);
    }

    /// Whether a token can be one that we gave out; without the right checksum it cannot, and no
    /// query is spent on it. Tokens without our prefix may have been imported.
    public static boolean mayBe(TokenKind kind, String token) {
        if (!token.startsWith(kind.prefix())) {
            return !token.isEmpty() && token.length() <= 1024;
        }
        int end = token.length() - CHECKSUM_CHARS;
        return end > kind.prefix().length()
                && token.substring(end).equals(checksum(token.substring(0, end)));
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        long value = crc.getValue();
        var bytes =
                new byte[] {
                    (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
                };
        return BASE64.encodeToString(bytes);
    }
}
