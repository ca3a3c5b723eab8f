package dev.lares.app.command;

import dev.lares.core.backup.RestoreGuard;
import dev.lares.core.state.StateCheck;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `db check`: changes nothing, the schema included.
@Command(
        description = {
            "Looks through the database for what contradicts itself, and explains it.",
            "Reads only; the server may run on. Ends with 1 where it finds something."
        },
        mixinStandardHelpOptions = true)
final class DatabaseCheckCommand implements Callable<Integer> {
    private final ServerContext contexts;
    @Unmatched private final List<String> settings = new ArrayList<>();
    private @Nullable CommandSpec spec;

    DatabaseCheckCommand(ServerContext contexts) {
        this.contexts = contexts;
    }

    @Spec
    void setSpec(CommandSpec own) {
        spec = own;
    }

    @Override
    public Integer call() {
        return check(contexts, settings, Objects.requireNonNull(spec).commandLine().getOut());
    }

    /// Tells what it finds; the answer is the command's exit code.
    static int check(ServerContext contexts, List<String> settings, PrintWriter out) {
        return contexts.use(
                settings,
                Map.of("spring.flyway.enabled", "false"),
                context -> {
                    var dataSource = context.getBean(DataSource.class);
                    context.getBean(RestoreGuard.class).requireFinished(dataSource);
                    return schemaIsCurrent(context, out)
                            ? checkStates(context, out)
                            : CommandLine.FAILED;
                });
    }

    /// Rows of an older schema would only look wrong.
    private static boolean schemaIsCurrent(ApplicationContext context, PrintWriter out) {
        var flyway =
                Flyway.configure()
                        .dataSource(context.getBean(DataSource.class))
                        .locations("classpath:db/migration")
                        .load();
        var result = flyway.validateWithResult();
        result.invalidMigrations.forEach(migration ->
                out.printf(
                        "schema: migration %s (%s): %s%n",
                        migration.version,
                        migration.description,
                        migration.errorDetails.errorMessage));
        if (!result.validationSuccessful) {
            out.println("The schema is not that of this release; nothing else was looked at.");
        }
        return result.validationSuccessful;
    }

    private static int checkStates(ApplicationContext context, PrintWriter out) {
        var findings = new AtomicLong();
        var rooms =
                context.getBean(StateCheck.class)
                        .checkAll(finding -> {
                            findings.incrementAndGet();
                            out.println(finding);
                        });
        out.printf("Looked at %d rooms: %d contradictions.%n", rooms, findings.get());
        return findings.get() == 0 ? 0 : CommandLine.FAILED;
    }
}
