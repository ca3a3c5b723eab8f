package dev.lares.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Stops the start where a key below `lares` is set that nothing reads: a mistyped
/// `lares.registration.mod` must not leave the default in force unnoticed.
final class UnknownSettingsCheck
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    private static final ConfigurationPropertyName ROOT =
            ConfigurationPropertyName.of(KnownSettings.PREFIX);
    private static final String VARIABLE_PREFIX = "LARES_";

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE; // before anything acts on the settings
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var problems = problems(context.getEnvironment(), KnownSettings.load());
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    static List<String> problems(ConfigurableEnvironment environment, KnownSettings known) {
        var problems = new ArrayList<String>();
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
                problems.addAll(problems(variables, known));
            } else if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(ROOT::isAncestorOf)
                        .map(name -> problem(source, name, known))
                        .flatMap(Optional::stream)
                        .forEach(problems::add);
            }
        }
        return problems;
    }

    private static Optional<String> problem(
            ConfigurationPropertySource source,
            ConfigurationPropertyName name,
            KnownSettings known) {
        var setting = known.find(name);
        var property = source.getConfigurationProperty(name);
        var origin =
                property == null || property.getOrigin() == null
                        ? ""
                        : " (" + property.getOrigin() + ")";
        return problem(name + origin, setting);
    }

    private static List<String> problems(
            SystemEnvironmentPropertySource variables, KnownSettings known) {
        var problems = new ArrayList<String>();
        for (var variable : variables.getPropertyNames()) {
            if (variable.startsWith(VARIABLE_PREFIX)
                    && !SecretFiles.isFileVariable(variable, known)) {
                problem("environment variable " + variable, known.findVariable(variable))
                        .ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Optional<String> problem(String where, Optional<KnownSettings.Setting> setting) {
        return setting.isEmpty()
                ? Optional.of("Unknown setting: " + where)
                : setting.get()
                        .removed()
                        .map(advice -> "Removed setting: " + where + ". " + advice);
    }
}
