package dev.lares.app.command;

import dev.lares.app.database.BundledPostgresInitializer;
import dev.lares.core.backup.BackupArchive;
import dev.lares.core.backup.BackupException;
import dev.lares.core.backup.DatabaseRestore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `restore`: fills an empty database from a backup.
@Command(
        description = {
            "Fills an empty database from a backup; no server may run on it. Replaces nothing.",
            "A restore that fails leaves the database empty; one that was killed is run again."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    private final ServerContext contexts;

    @Parameters(paramLabel = "FILE", description = "A file that `backup` has written.")
    private @Nullable Path file;

    @Unmatched private final List<String> settings = new ArrayList<>();
    private @Nullable CommandSpec spec;

    RestoreCommand(ServerContext contexts) {
        this.contexts = contexts;
    }

    @Spec
    void setSpec(CommandSpec own) {
        spec = own;
    }

    @Override
    public Integer call() {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        var out = commandLine.getOut();
        try (var archive = BackupArchive.open(Objects.requireNonNull(file))) {
            restore(archive, commandLine.getErr());
            out.printf(
                    Locale.ROOT,
                    "Restored %,d rows as of %s.%n",
                    archive.manifest().rows(),
                    archive.manifest().createdAt());
        } catch (BackupException damaged) {
            throw new CommandFailure(String.valueOf(damaged.getMessage()), damaged);
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
        }
        out.println("The database is checked, which changes nothing.");
        out.flush();
        return DatabaseCheckCommand.check(contexts, settings, out);
    }

    private void restore(BackupArchive archive, PrintWriter err) {
        // All of it before the database is touched.
        var verifying = ProgressLines.on("verify", err);
        archive.verify(verifying);
        verifying.end();
        DatabaseContext.use(
                BundledPostgresInitializer.alone(),
                settings,
                context -> {
                    var restoring = ProgressLines.on("restore", err);
                    try {
                        context.getBean(DatabaseRestore.class).restore(archive, restoring);
                    } finally {
                        restoring.end();
                    }
                    return true;
                });
    }
}
