package dev.lares.app.reliability;

import dev.lares.app.LaresApplication;
import dev.lares.app.database.BundledPostgresInitializer;
import dev.lares.core.append.Failpoints;
import dev.lares.core.testing.BreakingSockets;
import dev.lares.core.testing.TestClassesExcluded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The main class of a [Replica]'s process: the server as users start it, which ends or stops
/// itself in the middle of an append once the file [#ARMED] in its directory says where.
public final class BreakingServer {
    static final String ARMED = "armed";

    /// Name of the writer's sockets, see [BreakingSockets].
    static final String SOCKETS = "writer";

    private BreakingServer() {}

    /// Where the process breaks.
    enum Place {
        ROOMS_LOCKED,
        APPEND_BUILT,
        /// `append` and COMMIT have left, and nothing has come back.
        APPEND_SENT,
        APPEND_ANSWERED
    }

    /// How it breaks.
    enum Manner {
        /// As by `kill -9`: no hook runs.
        HALT,
        /// As by `kill -STOP`.
        STOP
    }

    record Break(Place place, Manner manner) {
        void arm(Path directory) throws IOException {
            var written = Files.writeString(directory.resolve("arming"), place + " " + manner);
            Files.move(written, directory.resolve(ARMED));
        }
    }

    public static void main(String[] settings) {
        var server = new SpringApplication(LaresApplication.class);
        server.setMainApplicationClass(LaresApplication.class);
        server.addInitializers(BundledPostgresInitializer.alone());
        server.addInitializers(BreakingServer::prepare);
        server.addListeners(
                (ApplicationListener<ApplicationReadyEvent>)
                        ready -> setBreaks(ready.getApplicationContext()));
        server.run(settings);
    }

    private static void prepare(ConfigurableApplicationContext context) {
        context.getBeanFactory()
                .registerSingleton("testClassesExcluded", new TestClassesExcluded());
        if (context instanceof GenericApplicationContext beans) {
            beans.registerBean(WitnessReader.class);
        }
    }

    private static void setBreaks(ConfigurableApplicationContext context) {
        var failpoints = context.getBean(Failpoints.class);
        failpoints.set(Failpoints.Place.ROOMS_LOCKED, () -> breakIfArmed(Place.ROOMS_LOCKED));
        failpoints.set(
                Failpoints.Place.APPEND_BUILT,
                () -> {
                    breakIfArmed(Place.APPEND_BUILT);
                    BreakingSockets.onceSent(SOCKETS, socket -> breakIfArmed(Place.APPEND_SENT));
                });
        failpoints.set(Failpoints.Place.APPEND_ANSWERED, () -> breakIfArmed(Place.APPEND_ANSWERED));
    }

    private static void breakIfArmed(Place place) {
        try {
            for (var manner : Manner.values()) {
                if (isArmed(new Break(place, manner))) {
                    breakNow(manner);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// True once.
    private static boolean isArmed(Break wanted) throws IOException {
        var file = Path.of(ARMED);
        return Files.exists(file)
                && Files.readString(file).equals(wanted.place() + " " + wanted.manner())
                && Files.deleteIfExists(file);
    }

    private static void breakNow(Manner manner) {
        switch (manner) {
            case HALT -> Runtime.getRuntime().halt(137);
            case STOP -> Signal.STOP.sendTo(ProcessHandle.current());
        }
    }
}
