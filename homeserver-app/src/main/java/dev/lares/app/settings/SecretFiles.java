package dev.lares.app.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Reads settings out of files, so that a secret need not stand in a process's environment:
/// `SPRING_DATASOURCE_PASSWORD_FILE=/path` sets `spring.datasource.password` to the file's content,
/// and a file `/run/secrets/spring.datasource.password` (or `SPRING_DATASOURCE_PASSWORD`) does so
/// by its name. Both stand above the configuration file. A setting given twice, by file and by
/// variable, stops the start. Line breaks at the end of a file do not belong to the value.
final class SecretFiles implements EnvironmentPostProcessor {
    private static final Path SECRETS = Path.of("/run/secrets");
    private static final String SUFFIX = "_FILE";
    private static final List<String> VARIABLE_PREFIXES = List.of("LARES_", "SPRING_");
    private static final List<String> KEY_PREFIXES = List.of("lares.", "spring.");

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        try {
            var known = KnownSettings.load();
            add(environment, SECRETS.toString(), fromDirectory(SECRETS));
            add(environment, "*_FILE", fromVariables(environment.getSystemEnvironment(), known));
        } catch (IOException e) {
            throw new SettingsException(List.of("A secret cannot be read: " + e.getMessage()));
        }
    }

    /// As environment variables, so that all spellings of a name work; Spring knows them by this
    /// ending.
    private static void add(
            ConfigurableEnvironment environment, String name, Map<String, Object> values) {
        if (!values.isEmpty()) {
            environment
                    .getPropertySources()
                    .addBefore(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            new SystemEnvironmentPropertySource(
                                    name + "-systemEnvironment", values));
        }
    }

    /// Whether a variable points to a file: not when a setting of its own ends in `file`.
    static boolean isFileVariable(String variable, KnownSettings known) {
        if (!variable.endsWith(SUFFIX) || known.findVariable(variable).isPresent()) {
            return false;
        }
        var target = variable.substring(0, variable.length() - SUFFIX.length());
        return !target.startsWith("LARES_") || known.findVariable(target).isPresent();
    }

    static Map<String, Object> fromVariables(Map<String, Object> variables, KnownSettings known)
            throws IOException {
        var values = new LinkedHashMap<String, Object>();
        for (Entry<String, Object> entry : new TreeMap<>(variables).entrySet()) {
            var variable = entry.getKey();
            if (VARIABLE_PREFIXES.stream().noneMatch(variable::startsWith)
                    || !isFileVariable(variable, known)) {
                continue;
            }
            var target = variable.substring(0, variable.length() - SUFFIX.length());
            if (variables.containsKey(target)) {
                throw new SettingsException(
                        List.of("Both %s and %s are set; set one.".formatted(target, variable)));
            }
            values.put(target, read(Path.of(entry.getValue().toString())));
        }
        return values;
    }

    static Map<String, Object> fromDirectory(Path directory) throws IOException {
        var values = new LinkedHashMap<String, Object>();
        if (!Files.isDirectory(directory)) {
            return values;
        }
        try (var files = Files.list(directory)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (Files.isRegularFile(file) && isSetting(name)) {
                    values.put(variableOf(name), read(file));
                }
            }
        }
        return values;
    }

    private static String variableOf(String name) {
        return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static boolean isSetting(String name) {
        return VARIABLE_PREFIXES.stream().anyMatch(name::startsWith)
                || KEY_PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, UTF_8).stripTrailing();
    }
}
