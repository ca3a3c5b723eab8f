package dev.lares.core.testing.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Notes the operations that a test of this module got a valid success from, in a file that the
/// build's last module reads.
final class SpecCoverage {
    static final Path FILE = Path.of("target", "spec-coverage.txt");

    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    void note(SpecOperation operation) {
        var line = operation.api() + " " + operation.operationId();
        if (noted.add(line)) {
            try {
                Files.createDirectories(FILE.getParent());
                Files.writeString(
                        FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
