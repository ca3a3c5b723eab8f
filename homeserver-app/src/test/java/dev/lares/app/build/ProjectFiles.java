package dev.lares.app.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the checkout is, and the specification where it was given to the build.
public final class ProjectFiles {
    private ProjectFiles() {}

    public static Path root() {
        var given = System.getProperty("project.root.dir", "");
        // An IDE runs tests without what the build passes.
        var start = Path.of(given.isEmpty() ? "" : given).toAbsolutePath();
        for (var folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no checkout around " + start);
    }

    /// The folder named by `-Dmatrix.spec.dir`; a relative name is taken from the checkout.
    static Optional<Path> specification() {
        var given = System.getProperty("matrix.spec.dir", "");
        return given.isEmpty()
                ? Optional.empty()
                : Optional.of(root().resolve(given)).filter(Files::isDirectory);
    }
}
