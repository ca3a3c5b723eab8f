package dev.lares.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.app.settings.KnownSettings.Setting;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.io.ClassPathResource;

/// The defaults of all settings, against a list that is written by hand.
class DefaultSettingsTest {
    /// Switches that are on by default, because off is the unsafe side.
    private static final Set<String> SAFE_WHEN_ON = Set.of("lares.ratelimit.enabled");

    /// Features that users expect to be there, each with its switch.
    private static final Set<String> EXPECTED = Set.of("lares.user-directory.enabled");

    /// What opens a door: whoever wants it open says so.
    private static final Pattern DOOR =
            Pattern.compile(
                    ".*(private|insecure|unsafe|allow|debug|trust|proxies|guest|reserved|skip"
                            + "|disable|unstable|experimental).*");

    private static final Pattern SECRET =
            Pattern.compile(".*(secret|pepper|credential|passphrase|-key|\\.key|token)$");

    private static final Set<String> CLOSED = Set.of("", "false");

    @TestFactory
    Stream<DynamicTest> areAsTheListSays() throws IOException {
        var expected = expected();
        var found = found();
        return Stream.concat(expected.keySet().stream(), found.keySet().stream())
                .distinct()
                .sorted()
                .map(name ->
                        DynamicTest.dynamicTest(
                                name,
                                () ->
                                        assertThat(found.get(name))
                                                .as("default of " + name)
                                                .isEqualTo(expected.get(name))));
    }

    @Test
    void turnOnNothingThatNeedNotBeOn() {
        assertThat(KnownSettings.load().settings())
                .filteredOn(setting -> setting.type().endsWith("oolean"))
                .filteredOn(setting -> setting.defaultValue().equals("true"))
                .extracting(setting -> setting.name().toString())
                .containsOnlyOnceElementsOf(SAFE_WHEN_ON)
                .containsOnlyOnceElementsOf(EXPECTED)
                .hasSize(SAFE_WHEN_ON.size() + EXPECTED.size());
    }

    @Test
    void openNoDoorAndKnowNoSecret() {
        assertThat(KnownSettings.load().settings())
                .filteredOn(setting -> opens(setting.name().toString()))
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(setting.defaultValue())
                                .as(setting.name().toString())
                                .isIn(CLOSED));
    }

    private static boolean opens(String name) {
        return DOOR.matcher(name).matches() || SECRET.matcher(name).matches();
    }

    /// Registration is by nobody, management is for this machine, and limits hold.
    @Test
    void areSafe() throws IOException {
        assertThat(found())
                .containsEntry("lares.registration.mode", "closed")
                .containsEntry("lares.registration.shared-secret", "")
                .containsEntry("lares.ratelimit.enabled", "true")
                .containsEntry("lares.management.address", "127.0.0.1")
                .containsEntry("lares.trusted-proxies", "");
    }

    private static Map<String, String> found() {
        return KnownSettings.load().settings().stream()
                .filter(setting -> setting.removed().isEmpty())
                .collect(
                        Collectors.toMap(
                                setting -> setting.name().toString(),
                                Setting::defaultValue,
                                (one, other) -> one,
                                TreeMap::new));
    }

    private static Map<String, String> expected() throws IOException {
        var list = new Properties();
        try (var in = new ClassPathResource("settings/defaults.properties").getInputStream()) {
            list.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        var expected = new TreeMap<String, String>();
        list.stringPropertyNames().forEach(name -> expected.put(name, list.getProperty(name)));
        return expected;
    }
}
