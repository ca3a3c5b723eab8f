package dev.lares.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsCheckTest {
    private static final KnownSettings KNOWN =
            new KnownSettings(
                    List.of(
                            setting("lares.data-dir", false, Optional.empty()),
                            setting("lares.domains", true, Optional.empty()),
                            setting("lares.key-file", false, Optional.empty()),
                            setting("lares.old", false, Optional.of("Use lares.new."))));

    private static KnownSettings.Setting setting(
            String name, boolean open, Optional<String> removed) {
        return new KnownSettings.Setting(
                ConfigurationPropertyName.of(name), "", "", "", open, removed);
    }

    private static List<String> problemsOf(PropertySource<?> source) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(other -> environment.getPropertySources().remove(other.getName()));
        environment.getPropertySources().addFirst(source);
        return UnknownSettingsCheck.problems(environment, KNOWN);
    }

    private static List<String> problemsOfKey(String key) {
        return problemsOf(new MapPropertySource("file", Map.of(key, "x")));
    }

    private static List<String> problemsOfVariable(String variable) {
        return problemsOf(
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(variable, "x")));
    }

    @Test
    void namesTheUnknownKey() {
        assertThat(problemsOfKey("lares.data-dri"))
                .singleElement()
                .asString()
                .contains("Unknown setting: lares.data-dri");
    }

    @Test
    void namesTheUnknownVariable() {
        assertThat(problemsOfVariable("LARES_DATA_DRI"))
                .singleElement()
                .asString()
                .contains("LARES_DATA_DRI");
    }

    @Test
    void saysWhatReplacesARemovedKey() {
        assertThat(problemsOfKey("lares.old"))
                .singleElement()
                .asString()
                .contains("Removed setting: lares.old")
                .contains("Use lares.new.");
        assertThat(problemsOfVariable("LARES_OLD"))
                .singleElement()
                .asString()
                .contains("Use lares.new.");
    }

    @Test
    void acceptsEverySpellingOfAKnownKey() {
        for (var key : List.of("lares.data-dir", "lares.dataDir", "lares.domains[0]")) {
            assertThat(problemsOfKey(key)).as(key).isEmpty();
        }
        for (var variable : List.of("LARES_DATA_DIR", "LARES_DATADIR", "LARES_DOMAINS_0")) {
            assertThat(problemsOfVariable(variable)).as(variable).isEmpty();
        }
    }

    @Test
    void acceptsAFileInPlaceOfAKnownVariable() {
        assertThat(problemsOfVariable("LARES_DATA_DIR_FILE")).isEmpty();
        assertThat(problemsOfVariable("LARES_KEY_FILE")).isEmpty();
        assertThat(problemsOfVariable("LARES_DATA_DRI_FILE")).hasSize(1);
    }

    @Test
    void leavesOtherPrefixesAlone() {
        assertThat(problemsOfKey("spring.nonsense")).isEmpty();
        assertThat(problemsOfVariable("LARESX")).isEmpty();
    }

    @Test
    void knowsTheSettingsOfTheModules() {
        var known = KnownSettings.load();
        assertThat(known.find(ConfigurationPropertyName.of("lares.data-dir"))).isPresent();
        assertThat(known.find(ConfigurationPropertyName.of("lares.domain"))).isPresent();
    }
}
