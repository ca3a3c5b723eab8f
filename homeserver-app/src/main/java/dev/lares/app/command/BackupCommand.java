package dev.lares.app.command;

import dev.lares.app.database.BundledPostgresInitializer;
import dev.lares.core.backup.BackupFile;
import dev.lares.core.backup.BackupManifest;
import dev.lares.core.backup.DatabaseBackup;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `backup`: a file of all that the database keeps, while the server runs.
@Command(
        description = {
            "Writes all that the database keeps into one file, as it is at one moment; the server may run on.",
            "The file holds signing keys and the hashes of passwords and tokens: keep it as a secret."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Runnable {
    private static final String STANDARD_OUTPUT = "-";

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A new file, or - for standard output.")
    private @Nullable String file;

    @Unmatched private final List<String> settings = new ArrayList<>();
    private @Nullable CommandSpec spec;

    @Spec
    void setSpec(CommandSpec own) {
        spec = own;
    }

    @Override
    public void run() {
        var target = file;
        if (target == null) {
            // Only here, since `backup verify` needs none.
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Name a file, or - for standard output.");
        }
        if (target.equals(STANDARD_OUTPUT)) {
            // Nothing else may be written there, warnings in the log above all.
            System.setOut(System.err);
        }
        var done =
                DatabaseContext.use(
                        BundledPostgresInitializer.besideAServer(),
                        settings,
                        context -> write(context, target));
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "Backed up %,d rows of %d tables at log position %d; %s before compression.%n",
                done.rows(),
                done.tables().size(),
                done.log().map(BackupManifest.Log::head).orElse(0L),
                ProgressLines.size(done.bytes()));
        err.flush();
    }

    private BackupManifest write(ApplicationContext context, String target) {
        var backup = context.getBean(DatabaseBackup.class);
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        var progress = ProgressLines.on("backup", err);
        try {
            var product = ProductVersion.current();
            if (target.equals(STANDARD_OUTPUT)) {
                try (var out = new FileOutputStream(FileDescriptor.out)) {
                    return backup.write(out, product, progress);
                }
            }
            try (var written = BackupFile.create(Path.of(target))) {
                return backup.write(written, product, progress);
            }
        } catch (IOException e) {
            throw new CommandFailure("The backup cannot be written: " + e.getMessage(), e);
        } finally {
            progress.end();
        }
    }
}
