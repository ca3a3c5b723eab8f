package dev.lares.core.testing.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The specification's files, parsed once each.
public final class SpecFiles {
    private static final int CODE_POINTS_MAX = 50_000_000;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path data;
    private final ConcurrentMap<Path, JsonNode> parsed = new ConcurrentHashMap<>();

    private SpecFiles(Path data) {
        this.data = data;
    }

    /// Nothing where the machine does not have them. A relative folder is taken from the checkout.
    public static Optional<SpecFiles> find() {
        var folder = System.getProperty("matrix.spec.dir", "");
        var data = Path.of(System.getProperty("project.root.dir", "")).resolve(folder, "data");
        return folder.isEmpty() || !Files.isDirectory(data.resolve("api"))
                ? Optional.empty()
                : Optional.of(new SpecFiles(data.toAbsolutePath().normalize()));
    }

    /// The OpenAPI files of one API.
    ///
    /// @param api a folder of the specification's `data/api`, such as `client-server`
    List<Path> api(String api) {
        try (Stream<Path> files = Files.list(data.resolve("api").resolve(api))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode read(Path file) {
        return parsed.computeIfAbsent(file.toAbsolutePath().normalize(), SpecFiles::parse);
    }

    private static JsonNode parse(Path file) {
        var options = new LoaderOptions();
        options.setCodePointLimit(CODE_POINTS_MAX);
        try (var reader = Files.newBufferedReader(file)) {
            Object tree = new Yaml(new SafeConstructor(options)).load(reader);
            return MAPPER.valueToTree(tree == null ? Map.of() : tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
