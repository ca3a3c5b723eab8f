package dev.lares.app.command;

import dev.lares.app.database.BundledPostgresInitializer;
import dev.lares.core.backup.BackupException;
import dev.lares.core.error.MatrixException;
import dev.lares.core.work.BackgroundWork;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;

/// The server's beans, with which commands work.
record ServerContext(Class<?> application) {
    private static final Map<String, Object> QUIET =
            Map.of("logging.level.root", "warn", "spring.main.lazy-initialization", "true");

    /// The whole server. Returns when it has started.
    static void run(Class<?> application, String... settings) {
        var server = new SpringApplication(application);
        // Else it takes the class that the JVM started, and the log names the command line.
        server.setMainApplicationClass(application);
        server.addInitializers(BundledPostgresInitializer.alone());
        server.run(settings);
    }

    /// Carries out work beside a server that may run: another replica, as far as the database
    /// knows, which serves no requests.
    <T> T use(
            List<String> settings, Map<String, Object> more, Function<ApplicationContext, T> work) {
        var builder =
                new SpringApplicationBuilder(application)
                        .web(WebApplicationType.NONE)
                        .profiles(BackgroundWork.COMMAND)
                        .initializers(BundledPostgresInitializer.besideAServer())
                        .logStartupInfo(false)
                        .properties(QUIET)
                        .properties(more);
        try (var context = builder.run(settings.toArray(String[]::new))) {
            return work.apply(context);
        } catch (MatrixException | BackupException refusal) {
            throw new CommandFailure(String.valueOf(refusal.getMessage()), refusal);
        }
    }
}
