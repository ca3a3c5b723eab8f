package dev.lares.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `config check`: reads the settings as the server would, and starts nothing.
@Command(
        description =
                "Checks the settings and says what is wrong with them, without starting anything.",
        mixinStandardHelpOptions = true)
final class ConfigCheckCommand implements Callable<Integer> {
    @Unmatched private final List<String> settings = new ArrayList<>();
    private @Nullable CommandSpec spec;

    @Spec
    void setSpec(CommandSpec own) {
        spec = own;
    }

    @Override
    public Integer call() {
        var builder =
                new SpringApplicationBuilder(AllSettings.class)
                        .web(WebApplicationType.NONE)
                        .logStartupInfo(false)
                        .properties(Map.of("logging.level.root", "warn"));
        try {
            builder.run(settings.toArray(String[]::new)).close();
        } catch (RuntimeException reported) {
            // Spring has printed what is wrong, as at a start.
            return CommandLine.FAILED;
        }
        Objects.requireNonNull(spec).commandLine().getOut().println("The settings are fine.");
        return 0;
    }

    /// Binds and validates each record, and makes no other bean.
    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.lares")
    static class AllSettings {}
}
