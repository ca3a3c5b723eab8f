package dev.lares.core.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// A generated password in a file that only its owner can read.
record PasswordFile(Path path) {
    private static final int RANDOM_BYTES = 24;

    /// Makes the file with a new password unless it is there.
    static PasswordFile in(Path directory, String role) throws IOException {
        var file = new PasswordFile(directory.resolve(role + ".password"));
        if (!Files.exists(file.path)) {
            file.generate();
        }
        return file;
    }

    private void generate() throws IOException {
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        // Written whole under another name: a crash must not leave half a password.
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var written = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(written);
        Files.createFile(written, ownerOnly);
        Files.writeString(written, password + "\n", US_ASCII);
        Files.move(written, path);
    }

    String read() throws IOException {
        return Files.readString(path, US_ASCII).strip();
    }
}
