package dev.lares.core.testing.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The operations that tests of one module got a valid success from, in a file that the build's
/// last module reads. Its first line says which build it is of.
public final class SpecCoverage {
    private static final Path FILE = Path.of("target", "spec-coverage.txt");

    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    SpecCoverage() {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, thisBuild() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The moment at which Maven started; empty outside of Maven, and where it was told to run some
    /// tests only. Who has the document written says with it that these are all that matter.
    public static String thisBuild() {
        boolean whole =
                System.getProperty("test", "").isEmpty()
                        || System.getProperty("spec.coverage.write") != null;
        return whole ? System.getProperty("build.timestamp", "") : "";
    }

    /// What a module's tests noted in this build; absent where they have not run in it.
    ///
    /// @return lines of an API and an operation, such as `client-server sync`
    public static Optional<Set<String>> read(Path module) throws IOException {
        var file = module.resolve(FILE);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty() || thisBuild().isEmpty() || !lines.getFirst().equals(thisBuild())
                ? Optional.empty()
                : Optional.of(lines.stream().skip(1).collect(Collectors.toUnmodifiableSet()));
    }

    void note(SpecOperation operation) {
        if (noted.add(operation.name())) {
            try {
                Files.writeString(FILE, operation.name() + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
