package dev.lares.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of a token: what the database keeps in its place.
public record TokenHash(String hex) {
    public static TokenHash of(String token) {
        return new TokenHash(
                HexFormat.of().formatHex(sha256(token.getBytes(StandardCharsets.UTF_8))));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
