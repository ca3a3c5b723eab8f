package dev.lares.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.app.build.ProjectFiles;
import dev.lares.app.settings.KnownSettings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` is written out of the Javadoc of the properties records. Where it is not
/// what they say, this test writes it anew and fails, so that it is looked at and committed.
class ConfigurationDocumentTest {
    private static final String HEAD =
            """
            # Settings

            Generated from the properties records by the build; do not edit.

            Settings stand in `lares.yaml` (in the working directory, or in `/etc/lares/`), in environment variables (`lares.data-dir` is
            `LARES_DATA_DIR`), in files that variables name (`LARES_DATA_DIR_FILE`), or in `/run/secrets` (a file named like the
            setting); later ones in this list count more. A setting that does not exist stops the start. Durations are written `30s`, `5m`, `1h`, sizes `64KB`, `4MB`.
            Lists take several values: `[a, b]` in YAML, separated by commas elsewhere.

            What belongs to the frameworks below stays where they have it: `spring.datasource.url`, `.username` and `.password` (the database),
            `server.ssl` (TLS without a proxy), `logging.level`.

            """;

    @Test
    void isWhatTheRecordsSay() throws IOException {
        var file = ProjectFiles.root().resolve("docs/configuration.md");
        var found = Files.exists(file) ? Files.readString(file) : "";
        var expected = document(KnownSettings.load());
        if (!found.equals(expected)) {
            Files.writeString(file, expected);
        }
        assertThat(found)
                .as("docs/configuration.md was out of date and has been written anew: commit it")
                .isEqualTo(expected);
    }

    @Test
    void describesEverySetting() {
        assertThat(KnownSettings.load().settings())
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(setting.description())
                                .as(setting.name().toString())
                                .isNotBlank());
    }

    private static String document(KnownSettings known) {
        return HEAD
                + known.settings().stream()
                        .filter(setting -> setting.removed().isEmpty())
                        .map(ConfigurationDocumentTest::entry)
                        .distinct()
                        .collect(Collectors.joining("\n"));
    }

    private static String entry(Setting setting) {
        var value = setting.defaultValue().isEmpty() ? "none" : "`" + setting.defaultValue() + "`";
        return """
        ## `%s`

        %s Default: %s. *(%s)*
        """
                .formatted(setting.name(), sentence(setting.description()), value, type(setting));
    }

    private static String sentence(String description) {
        var text = description.replaceAll("\\s+", " ").strip();
        var upper = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return upper.matches(".*[.!?]$") ? upper : upper + ".";
    }

    /// What a reader knows the type by, without packages.
    private static String type(Setting setting) {
        return setting.type()
                .replaceAll("[a-z0-9.]+\\.([A-Z])", "$1")
                .replace('$', '.')
                .replace("<", " of ")
                .replace(">", "")
                .replace(",", " to ");
    }
}
