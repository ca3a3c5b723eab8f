package dev.lares.app.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/// Which pages the specification's site has, and which anchors are on them, told from its sources:
/// the headings and explicit ids of a page, the operations of the OpenAPI files, the types of
/// events.
final class SpecPages {
    private static final Pattern HEADING =
            Pattern.compile("^#{1,6}\\s+(.*?)\\s*(?:\\{(?:#|id=\")([^\"}]+)\"?\\})?\\s*$");
    private static final Pattern EXPLICIT_ID = Pattern.compile("<[a-z]+ id=\"([^\"]+)\"");
    private static final Pattern REPETITION = Pattern.compile("-\\d+$");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "head");

    private final Path folder;
    private final Set<String> generated = new HashSet<>();

    SpecPages(Path folder) throws IOException {
        this.folder = folder;
        for (var file : filesBelow(folder.resolve("data/api"), ".yaml")) {
            addOperations(file);
        }
        for (var file : filesBelow(folder.resolve("data/event-schemas/schema"), ".yaml")) {
            for (var part : file.getFileName().toString().replace(".yaml", "").split("\\$", -1)) {
                generated.add(anchor(part));
            }
        }
    }

    /// @param page such as `client-server-api` or `rooms/v12`, empty for the start page
    /// @param anchor what stands behind the `#`, empty where there is none
    boolean exists(String page, String anchor) throws IOException {
        var sources = sources(page);
        if (sources.isEmpty()) {
            return false;
        }
        // Tables of an operation: `get_matrixclientv3sync_response-200_roomsummary`.
        var operation = anchor.replaceFirst("_(request|response).*$", "");
        if (anchor.isEmpty() || generated.contains(operation) || anchor.startsWith("definition-")) {
            return true;
        }
        var anchors = new HashSet<String>();
        for (var source : sources) {
            addHeadings(source, anchors);
        }
        // The site numbers headings that repeat: `server-behaviour-5`.
        return anchors.contains(anchor)
                || anchors.contains(REPETITION.matcher(anchor).replaceFirst(""));
    }

    private List<Path> sources(String page) throws IOException {
        var content = folder.resolve("content");
        if (page.startsWith("rooms/")) {
            var file = content.resolve(page + ".md");
            var fragments = filesBelow(content.resolve("rooms/fragments"), ".md");
            return Files.exists(file)
                    ? Stream.concat(Stream.of(file), fragments.stream()).toList()
                    : List.of();
        }
        var file = content.resolve(page.isEmpty() ? "_index.md" : page + ".md");
        if (Files.exists(file)) {
            return List.of(file);
        }
        return page.isEmpty() || !Files.isDirectory(content.resolve(page))
                ? List.of()
                : filesBelow(content.resolve(page), ".md");
    }

    private static void addHeadings(Path source, Set<String> anchors) throws IOException {
        for (var line : Files.readAllLines(source)) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                var explicit = heading.group(2);
                anchors.add(explicit == null ? anchor(heading.group(1)) : explicit);
            }
            EXPLICIT_ID.matcher(line).results().forEach(id -> anchors.add(id.group(1)));
        }
    }

    private void addOperations(Path file) throws IOException {
        Map<?, ?> document = new Yaml().load(Files.readString(file));
        if (document.get("paths") instanceof Map<?, ?> paths) {
            var base = basePath(document);
            for (var path : paths.entrySet()) {
                for (var method : ((Map<?, ?>) path.getValue()).keySet()) {
                    if (METHODS.contains(method.toString())) {
                        generated.add(anchor(method + base + path.getKey()));
                    }
                }
            }
        }
    }

    private static String basePath(Map<?, ?> document) {
        if (document.get("servers") instanceof List<?> servers
                && servers.getFirst() instanceof Map<?, ?> server
                && server.get("variables") instanceof Map<?, ?> variables
                && variables.get("basePath") instanceof Map<?, ?> basePath) {
            return String.valueOf(basePath.get("default"));
        }
        return "";
    }

    /// As the site's generator makes one out of a heading.
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    private static List<Path> filesBelow(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
