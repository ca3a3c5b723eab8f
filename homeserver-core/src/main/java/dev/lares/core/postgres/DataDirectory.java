package dev.lares.core.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/// PostgreSQL's own folder: made by `initdb`, readable by one major version.
record DataDirectory(BundledPostgresSettings settings, PostgresProgram program) {
    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final Duration INITDB_TIMEOUT = Duration.ofMinutes(2);

    /// All or nothing: made under another name and renamed, so that a kill leaves no half of it.
    void initialiseUnlessThere(PasswordFile superuser) throws IOException {
        var data = settings.dataDirectory();
        if (Files.exists(data)) {
            return;
        }
        log.info("Making a PostgreSQL data directory in {}", data);
        var unfinished = data.resolveSibling("data.unfinished");
        FileSystemUtils.deleteRecursively(unfinished);
        var result = program.run(INITDB_TIMEOUT, "initdb", initdbArguments(unfinished, superuser));
        if (result.exitCode() != 0) {
            throw new PostgresStartException(
                    "PostgreSQL's data directory cannot be made in %s:%n%s"
                            .formatted(data, result.output()));
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> initdbArguments(Path target, PasswordFile superuser) {
        return List.of(
                "--pgdata=" + target,
                "--username=" + PostgresServerRepository.SUPERUSER,
                "--pwfile=" + superuser.path(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The machine's collations change with its libraries and would spoil indexes.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions");
    }

    /// PostgreSQL reads no other major version's files, and would only say so in its log.
    void refuseOtherMajorVersion() throws IOException {
        var file = settings.dataDirectory().resolve("PG_VERSION");
        if (Files.notExists(file)) {
            throw new PostgresStartException(
                    "%s is not a PostgreSQL data directory (it has no PG_VERSION). Move it away to start with an empty one."
                            .formatted(settings.dataDirectory()));
        }
        var found = Files.readString(file, US_ASCII).strip();
        var bundled = PostgresProgram.majorOf(program.version());
        if (!found.equals(bundled)) {
            throw new PostgresStartException(
                    """
                    The data directory %s was made by PostgreSQL %s, and this server brings PostgreSQL %s, which cannot read it. \
                    Nothing was changed. Go on with a release that brings PostgreSQL %s, or move the data over with pg_upgrade or pg_dump \
                    of both versions, as docs/operating/postgresql.md describes.\
                    """
                            .formatted(settings.dataDirectory(), found, bundled, found));
        }
    }
}
