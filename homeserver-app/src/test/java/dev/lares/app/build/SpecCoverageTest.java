package dev.lares.app.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lares.core.testing.openapi.SpecAnswers;
import dev.lares.core.testing.openapi.SpecCoverage;
import dev.lares.core.testing.openapi.SpecFiles;
import dev.lares.core.testing.openapi.SpecOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/spec-coverage.md` says of each operation of the specification whether a test got a valid
/// success from it. This module's tests run last and know what those of the others noted; their own
/// do not count, as they may still be to come.
class SpecCoverageTest {
    private static final String DOCUMENT = "docs/spec-coverage.md";
    private static final String WRITE = "spec.coverage.write";
    private static final List<String> MODULES =
            List.of(
                    "homeserver-core",
                    "homeserver-client",
                    "homeserver-federation",
                    "homeserver-media",
                    "homeserver-admin",
                    "homeserver-identity");
    private static final List<String> OTHERS =
            List.of("application-service", "identity", "push-gateway");
    private static final Pattern HTTP_TEST = Pattern.compile("^@HomeserverTest", Pattern.MULTILINE);

    @Test
    void isWhatTheDocumentSays() throws IOException {
        var files = SpecFiles.find();
        assumeTrue(
                files.isPresent(),
                "SKIPPED: " + DOCUMENT + " is not compared: -Dmatrix.spec.dir names no folder");
        var done = done();
        assumeTrue(
                done.isPresent(),
                "SKIPPED: " + DOCUMENT + " is not compared: not all tests ran in this build");
        var expected =
                SpecCoverageDocument.of(
                        SpecOperations.read(files.get(), SpecAnswers.SERVED).all(),
                        done.get(),
                        SpecOperations.read(files.get(), OTHERS).all());
        var document = ProjectFiles.root().resolve(DOCUMENT);
        if (System.getProperty(WRITE) != null) {
            Files.writeString(document, expected);
        }
        assertThat(Files.exists(document) ? Files.readString(document) : "")
                .as(
                        "%s is out of date; ./mvnw verify -Dmatrix.spec.dir=<folder> -D%s writes it",
                        DOCUMENT, WRITE)
                .isEqualTo(expected);
    }

    private static Optional<Set<String>> done() throws IOException {
        var done = new HashSet<String>();
        for (var name : MODULES) {
            var module = ProjectFiles.root().resolve(name);
            var noted = SpecCoverage.read(module);
            if (noted.isEmpty() && speaksHttp(module)) {
                return Optional.empty();
            }
            noted.ifPresent(done::addAll);
        }
        return Optional.of(done);
    }

    private static boolean speaksHttp(Path module) throws IOException {
        var tests = module.resolve("src/test/java");
        if (!Files.isDirectory(tests)) {
            return false;
        }
        try (var files = Files.walk(tests)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (HTTP_TEST.matcher(Files.readString(file)).find()) {
                    return true;
                }
            }
        }
        return false;
    }
}
