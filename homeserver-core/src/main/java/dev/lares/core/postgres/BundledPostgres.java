package dev.lares.core.postgres;

import static dev.lares.core.postgres.PostgresServerRepository.OWNER;
import static dev.lares.core.postgres.PostgresServerRepository.SUPERUSER;

import dev.lares.core.work.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own, running as a process beside this one. It is started, or adopted if one
/// outlived a killed JVM, with durability on and passwords required, whatever its files said.
///
/// It is a process group of its own, so that Ctrl-C reaches only the JVM, which closes it last.
public final class BundledPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BundledPostgres.class);

    private static final Duration WATCH_PATIENCE = Duration.ofSeconds(10);

    private final Postmaster postmaster;
    private final String ownerPassword;
    private final String superuserPassword;
    private final AtomicReference<@Nullable DirectoryLock> lock;
    private final Worker watch = new Worker("bundled-postgres", this::watch);

    private BundledPostgres(
            Postmaster postmaster,
            String ownerPassword,
            String superuserPassword,
            @Nullable DirectoryLock lock) {
        this.postmaster = postmaster;
        this.ownerPassword = ownerPassword;
        this.superuserPassword = superuserPassword;
        this.lock = new AtomicReference<>(lock);
    }

    /// Returns when the server answers and its database exists. Fails with a message for whoever
    /// runs the server: another server uses the directory, another major version made it, the port
    /// is taken, …
    public static BundledPostgres start(BundledPostgresSettings settings) {
        try {
            Files.createDirectories(settings.directory());
            var lock = DirectoryLock.acquire(settings.directory());
            try {
                return start(settings, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw cannotStart(settings, e);
        }
    }

    /// From now on starts the server again, on its port, whenever it ends while it was not closed:
    /// killed for want of memory, or by hand. What was committed is there again, as after any
    /// crash.
    public void keepRunning() {
        watch.start();
    }

    private void watch() throws IOException, InterruptedException {
        var process = ProcessHandle.of(postmaster.pid());
        if (process.isPresent()) {
            try {
                process.get().onExit().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The end of a process cannot be awaited", e);
            }
        }
        if (!watch.isStopping()) {
            log.error(
                    "The bundled PostgreSQL (process {}) has ended, and not by us: it is started again",
                    postmaster.pid());
            postmaster.startAgain();
        }
    }

    /// As [#start], or uses the server that another process runs in that directory, which closing
    /// leaves alone. For commands beside a running server.
    public static BundledPostgres startOrJoin(BundledPostgresSettings settings) {
        try {
            return start(settings);
        } catch (DirectoryInUseException inUse) {
            return join(settings, inUse);
        }
    }

    private static BundledPostgres join(
            BundledPostgresSettings settings, DirectoryInUseException inUse) {
        try {
            var superuser = PasswordFile.in(settings.directory(), SUPERUSER).read();
            var owner = PasswordFile.in(settings.directory(), OWNER).read();
            var program = PostgresProgram.at(PostgresArchive.unpack(settings.binariesDirectory()));
            var postmaster = new Postmaster(settings, program, superuser);
            if (!postmaster.join()) {
                throw inUse;
            }
            return new BundledPostgres(postmaster, owner, superuser, null);
        } catch (IOException e) {
            throw cannotStart(settings, e);
        }
    }

    private static PostgresStartException cannotStart(
            BundledPostgresSettings settings, IOException e) {
        return new PostgresStartException(
                "The bundled PostgreSQL in %s cannot be started: %s"
                        .formatted(settings.directory(), e),
                e);
    }

    private static BundledPostgres start(BundledPostgresSettings settings, DirectoryLock lock)
            throws IOException {
        var program = PostgresProgram.at(PostgresArchive.unpack(settings.binariesDirectory()));
        var directory = new DataDirectory(settings, program);
        var superuser = PasswordFile.in(settings.directory(), SUPERUSER);
        var owner = PasswordFile.in(settings.directory(), OWNER);
        directory.initialiseUnlessThere(superuser);
        directory.refuseOtherMajorVersion();

        var postmaster = new Postmaster(settings, program, superuser.read());
        postmaster.adoptOrStart();
        try {
            postmaster.prepare(owner.read());
            return new BundledPostgres(postmaster, owner.read(), superuser.read(), lock);
        } catch (IOException | RuntimeException e) {
            postmaster.stop();
            throw e;
        }
    }

    /// Of the database that belongs to [#username()].
    public String jdbcUrl() {
        return jdbcUrl(PostgresServerRepository.DATABASE);
    }

    /// Of any database of this server.
    public String jdbcUrl(String database) {
        return PostgresServerRepository.urlOf(postmaster.port(), database);
    }

    /// The application's role: owns its database and nothing else.
    public String username() {
        return OWNER;
    }

    public String password() {
        return ownerPassword;
    }

    /// May do everything: for maintenance and tests, not for the application.
    public String superuser() {
        return SUPERUSER;
    }

    public String superuserPassword() {
        return superuserPassword;
    }

    /// Process id of the postmaster.
    public long pid() {
        return postmaster.pid();
    }

    /// True when the server was running already, left behind by a JVM that was killed.
    public boolean adopted() {
        return postmaster.adopted();
    }

    /// Ends all connections and stops the server; does nothing the second time.
    @Override
    public void close() {
        var held = lock.getAndSet(null);
        if (held == null) {
            return;
        }
        watch.stop(WATCH_PATIENCE);
        try (held) {
            postmaster.stop();
            log.info("The bundled PostgreSQL is stopped");
        } catch (IOException e) {
            log.warn("The lock of the data directory could not be given back", e);
        }
    }
}
