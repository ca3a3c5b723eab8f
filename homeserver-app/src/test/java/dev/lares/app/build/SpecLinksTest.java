package dev.lares.app.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Links into the specification, wherever they stand in the checkout.
class SpecLinksTest {
    /// The one version of the specification that this server is built by.
    private static final String VERSION = "v1.19";

    private static final String SITE = "https://spec.matrix.org/";
    private static final Pattern LINK =
            Pattern.compile(Pattern.quote(SITE) + "([^\\s)>\\]\"'`,;|]*)");
    private static final Set<String> NO_SOURCES =
            Set.of("target", "node_modules", "data", ".git", ".idea", "vectors");
    private static final Set<String> ENDINGS =
            Set.of("java", "md", "sql", "yaml", "yml", "xml", "mjs", "js", "html", "properties");

    /// @param target what stands behind the site's name
    record Link(Path file, String target) {
        String version() {
            return target.split("/", 2)[0];
        }

        String page() {
            var path = target.split("#", 2)[0];
            return path.substring(path.indexOf('/') + 1).replaceFirst("/$", "");
        }

        String anchor() {
            var parts = target.split("#", 2);
            return parts.length == 1 ? "" : parts[1];
        }
    }

    private static List<Link> links() throws IOException {
        var links = new ArrayList<Link>();
        Files.walkFileTree(
                ProjectFiles.root(),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return NO_SOURCES.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        var name = file.getFileName().toString();
                        if (ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))) {
                            LINK.matcher(Files.readString(file))
                                    .results()
                                    .map(match -> new Link(file, withoutFullStop(match.group(1))))
                                    .filter(link -> !link.target().isEmpty())
                                    .forEach(links::add);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return links;
    }

    private static String withoutFullStop(String target) {
        return target.replaceFirst("[.:]+$", "");
    }

    @Test
    void nameOneVersion() throws IOException {
        assertThat(links())
                .isNotEmpty()
                .filteredOn(link -> !link.version().equals(VERSION))
                .filteredOn(link -> !link.file().endsWith("SpecLinksTest.java"))
                .isEmpty();
    }

    @Test
    void leadSomewhere() throws IOException {
        var folder = ProjectFiles.specification();
        assumeTrue(
                folder.isPresent(),
                "dead anchors are not looked for: -Dmatrix.spec.dir names no specification");
        var pages = new SpecPages(folder.get());
        var dead = new ArrayList<String>();
        for (var link : links()) {
            if (!pages.exists(link.page(), link.anchor())) {
                dead.add(ProjectFiles.root().relativize(link.file()) + ": " + SITE + link.target());
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void areFoundDeadWhereTheyAre() throws IOException {
        var folder = ProjectFiles.specification();
        assumeTrue(folder.isPresent(), "-Dmatrix.spec.dir names no specification");
        var pages = new SpecPages(folder.get());
        assertThat(pages.exists("client-server-api", "no-such-heading")).isFalse();
        assertThat(pages.exists("no-such-page", "")).isFalse();
        assertThat(pages.exists("client-server-api", "leaving-rooms")).isTrue();
        assertThat(pages.exists("client-server-api", "post_matrixclientv3roomsroomidkick"))
                .isTrue();
        assertThat(pages.exists("rooms/v12", "")).isTrue();
    }
}
