package dev.lares.app.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All settings below `lares`, as the build wrote them down from the properties records of the
/// modules (`META-INF/spring-configuration-metadata.json`).
record KnownSettings(List<Setting> settings) {
    static final String PREFIX = "lares";
    private static final String METADATA = "classpath*:META-INF/spring-configuration-metadata.json";

    KnownSettings {
        settings =
                settings.stream()
                        .sorted(Comparator.comparing(setting -> setting.name().toString()))
                        .toList();
    }

    static KnownSettings load() {
        var settings = new ArrayList<Setting>();
        var json = JsonMapper.shared();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources(METADATA)) {
                try (var content = file.getInputStream()) {
                    for (var property : json.readTree(content).path("properties")) {
                        if (property.path("name").asString().startsWith(PREFIX + ".")) {
                            settings.add(Setting.of(property));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the list of settings cannot be read", e);
        }
        return new KnownSettings(settings);
    }

    Optional<Setting> find(ConfigurationPropertyName name) {
        return settings.stream().filter(setting -> setting.covers(name)).findFirst();
    }

    /// As [#find], for the name of an environment variable such as `LARES_DATA_DIR`, in which
    /// dashes may be left out or written as underscores.
    Optional<Setting> findVariable(String variable) {
        return settings.stream().filter(setting -> setting.coversVariable(variable)).findFirst();
    }

    /// @param open whether further elements may follow the name: it is a list or a map
    /// @param defaultValue as text, empty when there is none
    /// @param removed what to do instead of this setting, which no longer exists
    record Setting(
            ConfigurationPropertyName name,
            String type,
            String description,
            String defaultValue,
            boolean open,
            Optional<String> removed) {

        static Setting of(JsonNode property) {
            var type = property.path("type").asString("");
            var deprecation = property.path("deprecation");
            var removed =
                    deprecation.path("level").asString("").equals("error")
                            ? Optional.of(advice(deprecation))
                            : Optional.<String>empty();
            return new Setting(
                    ConfigurationPropertyName.of(property.path("name").asString()),
                    type,
                    property.path("description").asString(""),
                    text(property.path("defaultValue")),
                    type.startsWith("java.util.List")
                            || type.startsWith("java.util.Set")
                            || type.startsWith("java.util.Map")
                            || type.endsWith("[]"),
                    removed);
        }

        private static String advice(JsonNode deprecation) {
            var replacement = deprecation.path("replacement").asString("");
            var reason = deprecation.path("reason").asString("");
            return (reason + (replacement.isEmpty() ? "" : " Use " + replacement + ".")).strip();
        }

        private static String text(JsonNode value) {
            if (value.isArray()) {
                return String.join(",", value.valueStream().map(JsonNode::asString).toList());
            }
            return value.isMissingNode() || value.isNull() ? "" : value.asString();
        }

        boolean covers(ConfigurationPropertyName other) {
            return name.equals(other) || (open && name.isAncestorOf(other));
        }

        boolean coversVariable(String variable) {
            var dotted = name.toString().toUpperCase(Locale.ROOT).replace('.', '_');
            return matches(dotted.replace("-", ""), variable)
                    || matches(dotted.replace('-', '_'), variable);
        }

        private boolean matches(String expected, String variable) {
            return variable.equals(expected) || (open && variable.startsWith(expected + "_"));
        }
    }
}
