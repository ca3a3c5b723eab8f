package dev.lares.core.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFileTest {
    @TempDir Path directory;
    private Path file = Path.of("");

    @BeforeEach
    void nameIt() {
        file = directory.resolve("lares.backup");
    }

    @Test
    void hasItsNameOnlyWhenItIsWholeAndBelongsToItsOwnerAlone() throws Exception {
        try (var written = BackupFile.create(file)) {
            written.content().write("all of it".getBytes(UTF_8));
            assertThat(file).doesNotExist();
            written.complete();
        }
        assertThat(file).hasContent("all of it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly("lares.backup");
    }

    @Test
    void leavesNothingWhereItIsNotCompleted() throws Exception {
        try (var written = BackupFile.create(file)) {
            written.content().write("a part".getBytes(UTF_8));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void beginsAnewWhereAnotherWasKilled() throws Exception {
        Files.writeString(directory.resolve("lares.backup.unfinished"), "a longer part");
        try (var written = BackupFile.create(file)) {
            written.content().write("all".getBytes(UTF_8));
            written.complete();
        }
        assertThat(file).hasContent("all");
    }

    @Test
    void replacesNoFile() throws Exception {
        Files.writeString(file, "of yesterday");
        assertThatThrownBy(() -> BackupFile.create(file).close())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("exists already");
        assertThat(file).hasContent("of yesterday");
        Files.delete(file);
        try (var written = BackupFile.create(file)) {
            Files.writeString(file, "made meanwhile");
            assertThatThrownBy(written::complete).hasMessageContaining("lares.backup");
        }
        assertThat(file).hasContent("made meanwhile");
        assertThat(directory.toFile().list()).containsExactly("lares.backup");
    }

    @Test
    void isWrittenByOneAtATime() throws Exception {
        try (var written = BackupFile.create(file)) {
            assertThatThrownBy(() -> BackupFile.create(file).close())
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("Another backup");
            written.content().write("all".getBytes(UTF_8));
            written.complete();
        }
        assertThat(file).hasContent("all");
    }

    @Test
    void isRefusedWhereThereIsNoDirectory() {
        assertThatThrownBy(() -> BackupFile.create(directory.resolve("nowhere/b")).close())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("cannot be written");
    }
}
