package dev.lares.core.vectors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Test vectors on the class path, parsed with Jackson and not with our own reader.
public final class Vectors {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Vectors() {}

    /// The lines of `vectors/NAME.jsonl.gz`.
    public static List<JsonNode> lines(String name) {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(open("/vectors/" + name + ".jsonl.gz")),
                                StandardCharsets.UTF_8))) {
            return reader.lines().map(MAPPER::readTree).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The document `spec/NAME.json`.
    public static JsonNode spec(String name) {
        try (var in = open("/spec/" + name + ".json")) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        return Objects.requireNonNull(Vectors.class.getResourceAsStream(path), path);
    }
}
