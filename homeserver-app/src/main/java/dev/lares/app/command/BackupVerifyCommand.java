package dev.lares.app.command;

import dev.lares.core.backup.BackupArchive;
import dev.lares.core.backup.BackupException;
import dev.lares.core.backup.BackupManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `backup verify`: needs no database and no settings.
@Command(
        description = "Reads a backup through, compares its checksums and tells what it holds.",
        mixinStandardHelpOptions = true)
final class BackupVerifyCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "A file that `backup` has written.")
    private @Nullable Path file;

    private @Nullable CommandSpec spec;

    @Spec
    void setSpec(CommandSpec own) {
        spec = own;
    }

    @Override
    public void run() {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        var progress = ProgressLines.on("verify", commandLine.getErr());
        try (var archive = BackupArchive.open(Objects.requireNonNull(file))) {
            archive.verify(progress);
            progress.end();
            tell(archive.manifest(), commandLine.getOut());
        } catch (BackupException damaged) {
            throw new CommandFailure(String.valueOf(damaged.getMessage()), damaged);
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void tell(BackupManifest manifest, PrintWriter out) {
        out.printf(Locale.ROOT, "made:      %s by %s%n", manifest.createdAt(), manifest.product());
        out.printf(Locale.ROOT, "server:    %s%n", String.join(", ", manifest.domains()));
        out.printf(
                Locale.ROOT,
                "position:  %d%n",
                manifest.log().map(BackupManifest.Log::head).orElse(0L));
        out.printf(
                Locale.ROOT,
                "schema:    %s, from PostgreSQL %s%n",
                manifest.schema().isEmpty() ? "none" : manifest.schema().getLast().version(),
                manifest.postgresql());
        for (var table : manifest.tables()) {
            out.printf(
                    Locale.ROOT,
                    "table:     %-24s %,14d rows %12s%n",
                    table.name(),
                    table.rows(),
                    ProgressLines.size(table.bytes()));
        }
        manifest.leftOut()
                .forEach(left ->
                        out.printf(
                                Locale.ROOT, "left out:  %-24s %s%n", left.table(), left.reason()));
        out.println("The backup is whole.");
        out.flush();
    }
}
