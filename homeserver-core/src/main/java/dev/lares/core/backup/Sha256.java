package dev.lares.core.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The checksum of tables.
final class Sha256 {
    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
