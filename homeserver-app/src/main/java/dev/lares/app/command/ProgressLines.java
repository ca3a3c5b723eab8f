package dev.lares.app.command;

import dev.lares.core.backup.BackupProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells progress: on a terminal one line that changes, else a line every ten seconds.
final class ProgressLines implements BackupProgress {
    private static final int WIDTH = 79;
    private static final long KILOBYTE = 1_000;
    private static final long MEGABYTE = 1_000_000;
    private static final long KILOBYTES_UP_TO = 10 * MEGABYTE;

    private final String what;
    private final PrintWriter err;
    private final Medium medium;
    private final long periodNanos;
    private long toldNanos = System.nanoTime();
    private @Nullable Step untold;
    private boolean lineIsOpen;

    /// What the lines are read on.
    enum Medium {
        TERMINAL(Duration.ofSeconds(1)),
        FILE(Duration.ofSeconds(10));

        private final Duration period;

        Medium(Duration period) {
            this.period = period;
        }
    }

    /// @param what is done, the first word of each line
    @SuppressWarnings("SystemConsoleNull") // what Java 22 promised, Java 25 took back
    static ProgressLines on(String what, PrintWriter err) {
        var console = System.console();
        var medium = console != null && console.isTerminal() ? Medium.TERMINAL : Medium.FILE;
        return new ProgressLines(what, err, medium, medium.period);
    }

    ProgressLines(String what, PrintWriter err, Medium medium, Duration period) {
        this.what = what;
        this.err = err;
        this.medium = medium;
        periodNanos = period.toNanos();
    }

    @Override
    public void at(Step step) {
        untold = step;
        long now = System.nanoTime();
        if (now - toldNanos >= periodNanos) {
            toldNanos = now;
            tell(step);
            untold = null;
        }
    }

    /// The last line, so that even what was quick is told of.
    void end() {
        if (untold != null) {
            tell(untold);
        }
        if (lineIsOpen) {
            err.println();
            err.flush();
        }
    }

    private void tell(Step step) {
        var line =
                String.format(
                        Locale.ROOT,
                        "%s: %d %%, %,d rows, %s, table %s",
                        what,
                        step.percent(),
                        step.rows(),
                        size(step.bytes()),
                        step.table());
        switch (medium) {
            case FILE -> err.println(line);
            case TERMINAL -> {
                var width = Math.min(WIDTH, line.length());
                err.print("\r" + line.substring(0, width) + " ".repeat(WIDTH - width));
                lineIsOpen = true;
            }
        }
        err.flush();
    }

    /// In units that people read.
    static String size(long bytes) {
        return bytes < KILOBYTES_UP_TO
                ? String.format(Locale.ROOT, "%,d kB", bytes / KILOBYTE)
                : String.format(Locale.ROOT, "%,d MB", bytes / MEGABYTE);
    }
}
