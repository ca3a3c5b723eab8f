package dev.lares.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.app.command.ProgressLines.Medium;
import dev.lares.core.backup.BackupProgress.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final StringWriter written = new StringWriter();

    private ProgressLines lines(Medium medium, Duration period) {
        return new ProgressLines("backup", new PrintWriter(written), medium, period);
    }

    @Test
    void isALineAfterTheOtherInAFile() {
        var lines = lines(Medium.FILE, Duration.ZERO);
        lines.at(new Step("room", 1_234_567, 2_000_000, 3));
        lines.at(new Step("event", 1_234_568, 12_345_678_901L, 99));
        lines.end();
        assertThat(written.toString().lines())
                .containsExactly(
                        "backup: 3 %, 1,234,567 rows, 2,000 kB, table room",
                        "backup: 99 %, 1,234,568 rows, 12,345 MB, table event");
    }

    @Test
    void isOneLineThatChangesOnATerminal() {
        var lines = lines(Medium.TERMINAL, Duration.ZERO);
        lines.at(new Step("a".repeat(200), 1, 2, 3));
        lines.at(new Step("room", 1, 2, 100));
        lines.end();
        var parts = written.toString().split("\r", -1);
        assertThat(parts).hasSize(3);
        assertThat(parts[0]).isEmpty();
        assertThat(parts[1]).hasSize(79);
        assertThat(parts[2]).hasSize(80).startsWith("backup: 100 %").endsWith(" \n");
    }

    @Test
    void isQuietBetweenPeriodsAndTellsTheLastStep() {
        var lines = lines(Medium.FILE, Duration.ofHours(1));
        lines.at(new Step("room", 1, 2, 3));
        lines.at(new Step("event", 1, 2, 100));
        assertThat(written.toString()).isEmpty();
        lines.end();
        assertThat(written.toString().lines())
                .containsExactly("backup: 100 %, 1 rows, 0 kB, table event");
    }
}
