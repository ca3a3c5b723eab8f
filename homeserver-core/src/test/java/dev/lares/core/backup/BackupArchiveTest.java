package dev.lares.core.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupArchiveTest {
    private static final BackupProgress NOBODY = step -> {};

    @TempDir Path directory;
    private Path file = Path.of("");
    private byte[] whole = {};
    private BackupManifest written = manifest(List.of());

    private static BackupManifest manifest(List<BackupManifest.Table> tables) {
        return new BackupManifest(
                BackupManifest.FORMAT,
                "Lares 1",
                Instant.parse("2026-11-24T11:00:00Z"),
                "18.1",
                List.of("lares.example"),
                Optional.of(new BackupManifest.Log(7, "123", "00000001")),
                List.of(new BackupManifest.Migration("20261124.0745", "event layer", -5)),
                tables,
                List.of(new BackupManifest.Sequence("room_room_nid_seq", 3)),
                List.of(new BackupManifest.LeftOut("typing", "not logged")));
    }

    private void backUp(byte[] rows) throws Exception {
        var out = new ByteArrayOutputStream();
        var archive = new ArchiveWriter(out);
        var tables = new ArrayList<BackupManifest.Table>();
        tables.add(
                archive.table(
                        "room",
                        List.of("room_nid", "room_id"),
                        content -> {
                            content.write(rows);
                            return 2;
                        }));
        tables.add(archive.table("empty", List.of("a"), content -> 0));
        written = manifest(tables);
        archive.finish(written);
        whole = out.toByteArray();
    }

    @BeforeEach
    void write() throws Exception {
        file = directory.resolve("lares.backup");
        backUp("two rows, two rows".getBytes(UTF_8));
    }

    private BackupManifest readThrough(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (var archive = BackupArchive.open(file)) {
            archive.verify(NOBODY);
            return archive.manifest();
        }
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        assertThat(readThrough(whole)).isEqualTo(written);
        try (var archive = BackupArchive.open(file);
                var rows = archive.open(written.tables().getFirst())) {
            assertThat(rows.readAllBytes()).asString(UTF_8).isEqualTo("two rows, two rows");
        }
        assertThat(written.rows()).isEqualTo(2);
        assertThat(written.bytes()).isEqualTo(18);
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        var rows = new byte[3_000_000];
        new Random(7).nextBytes(rows);
        backUp(rows);
        Files.write(file, whole);
        var steps = new ArrayList<BackupProgress.Step>();
        try (var archive = BackupArchive.open(file)) {
            archive.verify(steps::add);
        }
        assertThat(steps).hasSizeBetween(10, 20);
        assertThat(steps.getFirst()).isEqualTo(new BackupProgress.Step("room", 0, 0, 0));
        assertThat(steps.getLast()).isEqualTo(new BackupProgress.Step("empty", 2, 3_000_000, 100));
        assertThat(steps).extracting(BackupProgress.Step::percent).isSorted();
    }

    @Test
    void isRefusedWhereverItIsCutOff() {
        for (var length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> readThrough(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(BackupException.class);
        }
    }

    @Test
    void isRefusedWhereverAByteOfTheContentIsWrong() {
        var refused = 0;
        for (var at = 0; at < whole.length; at++) {
            var damaged = whole.clone();
            damaged[at] ^= 0x10;
            try {
                // Not each byte of a ZIP file means something; but none makes another backup of it.
                assertThat(readThrough(damaged)).isEqualTo(written);
            } catch (BackupException expected) {
                refused++;
            } catch (IOException e) {
                throw new AssertionError("byte " + at, e);
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 2);
    }

    @Test
    void isRefusedWithAnotherContentUnderTheSameManifest() throws Exception {
        var honest = written;
        backUp("two rows, two r0ws".getBytes(UTF_8));
        var out = new ByteArrayOutputStream();
        var archive = new ArchiveWriter(out);
        archive.table(
                "room",
                List.of("room_nid", "room_id"),
                content -> {
                    content.write("two rows, two r0ws".getBytes(UTF_8));
                    return 2;
                });
        archive.table("empty", List.of("a"), content -> 0);
        archive.finish(honest);
        assertThatThrownBy(() -> readThrough(out.toByteArray()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("damaged in the table room")
                .hasMessageContaining("checksum");
    }

    @Test
    void isRefusedWhereATableIsMissing() throws Exception {
        var out = new ByteArrayOutputStream();
        new ArchiveWriter(out).finish(written);
        assertThatThrownBy(() -> readThrough(out.toByteArray()))
                .hasMessageContaining("table room: it is missing");
    }

    @Test
    void isRefusedInANewerFormatAndWithoutAManifest() throws Exception {
        assertThatThrownBy(() -> readThrough(zip("manifest.json", "{\"format\":2,\"new\":{}}")))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("newer");
        for (var json : List.of("{}", "{\"format\":1}", "{\"format\":\"1\"}", "[", "null")) {
            assertThatThrownBy(() -> readThrough(zip("manifest.json", json)))
                    .as(json)
                    .isInstanceOf(BackupException.class);
        }
        assertThatThrownBy(() -> readThrough(zip("other", "{}")))
                .hasMessageContaining("no manifest");
        assertThatThrownBy(() -> readThrough("no ZIP file at all".getBytes(UTF_8)))
                .hasMessageContaining("no whole backup");
        Files.delete(file);
        assertThatThrownBy(() -> BackupArchive.open(file).close())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("cannot be read");
    }

    private static byte[] zip(String name, String content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
