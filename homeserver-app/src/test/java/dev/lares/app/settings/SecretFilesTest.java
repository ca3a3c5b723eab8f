package dev.lares.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

class SecretFilesTest {
    private static final KnownSettings KNOWN =
            new KnownSettings(
                    List.of(
                            new KnownSettings.Setting(
                                    ConfigurationPropertyName.of("lares.shared-secret"),
                                    "",
                                    "",
                                    "",
                                    false,
                                    Optional.empty())));

    @TempDir Path directory;

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void readTheFileThatAVariableNames() throws IOException {
        var variables =
                Map.<String, Object>of(
                        "LARES_SHARED_SECRET_FILE", file("a", "hush\n"),
                        "SPRING_DATASOURCE_PASSWORD_FILE", file("b", " with space "),
                        "OTHER_FILE", file("c", "no concern of ours"));
        assertThat(SecretFiles.fromVariables(variables, KNOWN))
                .containsOnly(
                        Map.entry("LARES_SHARED_SECRET", "hush"),
                        Map.entry("SPRING_DATASOURCE_PASSWORD", " with space"));
    }

    @Test
    void refuseAVariableBesideItsFile() throws IOException {
        var variables =
                Map.<String, Object>of(
                        "LARES_SHARED_SECRET",
                        "hush",
                        "LARES_SHARED_SECRET_FILE",
                        file("a", "other"));
        assertThatThrownBy(() -> SecretFiles.fromVariables(variables, KNOWN))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "Both LARES_SHARED_SECRET and LARES_SHARED_SECRET_FILE are set; set one.");
    }

    @Test
    void failNamingAFileThatIsMissing() {
        var variables = Map.<String, Object>of("LARES_SHARED_SECRET_FILE", "/does/not/exist");
        assertThatThrownBy(() -> SecretFiles.fromVariables(variables, KNOWN))
                .hasMessageContaining("/does/not/exist");
    }

    @Test
    void readADirectoryOfSecrets() throws IOException {
        file("lares.shared-secret", "hush\r\n");
        file("SPRING_DATASOURCE_PASSWORD", "also");
        file("ssh_key", "no concern of ours");
        Files.createDirectory(directory.resolve("lares.directory"));
        assertThat(SecretFiles.fromDirectory(directory))
                .containsOnly(
                        Map.entry("LARES_SHAREDSECRET", "hush"),
                        Map.entry("SPRING_DATASOURCE_PASSWORD", "also"));
    }
}
