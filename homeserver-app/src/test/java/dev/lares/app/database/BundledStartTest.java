package dev.lares.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledStartTest {
    @TempDir Path directory;

    private Path data() {
        return directory.resolve("data/postgresql/data");
    }

    @Test
    void needsNoConfigurationAndStopsTheDatabaseLast() throws Exception {
        try (var server = ServerProcess.start(directory).awaitStarted()) {
            assertThat(data().resolve("postmaster.pid")).exists();
            server.askToStop();
            server.awaitEnd();
            assertThat(server.output())
                    .containsSubsequence(
                            "lares - Shutdown completed", "The bundled PostgreSQL is stopped")
                    .doesNotContain("ERROR");
        }
        assertThat(data().resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void goesOnWithTheDatabaseOfAServerThatWasKilled() throws Exception {
        try (var killed = ServerProcess.start(directory).awaitStarted()) {
            killed.kill();
        }
        assertThat(data().resolve("postmaster.pid")).exists();
        try (var next = ServerProcess.start(directory).awaitStarted()) {
            assertThat(next.output()).contains("Adopted the PostgreSQL");
        }
    }

    @Test
    void isRefusedWithClearWordsOnAnotherMajorVersion() throws Exception {
        Files.createDirectories(data());
        Files.writeString(data().resolve("PG_VERSION"), "17\n");
        try (var server = ServerProcess.start(directory)) {
            assertThat(server.awaitEnd()).isEqualTo(1);
            assertThat(server.output())
                    .contains("APPLICATION FAILED TO START")
                    .contains("was made by PostgreSQL 17")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void isRefusedWithASettingThatNobodyReads() throws Exception {
        try (var server = ServerProcess.start(directory, "--lares.data-dri=elsewhere")) {
            assertThat(server.awaitEnd()).isEqualTo(1);
            assertThat(server.output())
                    .contains("Unknown setting: lares.data-dri")
                    .doesNotContain("\tat ");
        }
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void readsItsSettingsFromAFileBesideIt() throws Exception {
        Files.writeString(directory.resolve("lares.yaml"), "lares:\n  data-dir: elsewhere\n");
        try (var server = ServerProcess.start(directory).awaitStarted()) {
            assertThat(directory.resolve("elsewhere/postgresql/data/PG_VERSION")).exists();
        }
    }
}
