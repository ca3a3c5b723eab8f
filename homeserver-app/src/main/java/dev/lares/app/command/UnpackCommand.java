package dev.lares.app.command;

import dev.lares.app.unpack.Unpacking;
import dev.lares.app.unpack.UnpackingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `unpack`: a folder from which the server starts sooner.
@Command(
        description = {
            "Unpacks the server into a folder and trains it there, so that it starts and is fast sooner.",
            "Takes a minute, and needs neither settings nor a database. JVM options given here become the server's."
        },
        mixinStandardHelpOptions = true)
final class UnpackCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "A new or empty folder.")
    private @Nullable Path folder;

    @Option(
            names = "--training",
            paramLabel = "DURATION",
            defaultValue = "20s",
            converter = PositiveDuration.class,
            description = "How long the server is trained under load (default: ${DEFAULT-VALUE}).")
    private Duration training = Duration.ZERO;

    private final Class<?> application;
    private @Nullable CommandSpec spec;

    UnpackCommand(Class<?> application) {
        this.application = application;
    }

    @Spec
    void setSpec(CommandSpec own) {
        spec = own;
    }

    @Override
    public Integer call() throws InterruptedException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var jar = new ApplicationHome(application).getSource();
        if (jar == null || !jar.isFile()) {
            throw new CommandFailure("Only the packaged server, a jar, can be unpacked.");
        }
        try {
            var options =
                    new Unpacking(jar.toPath(), Objects.requireNonNull(folder), training)
                            .run(line -> {
                                out.println(line);
                                out.flush();
                            });
            out.println("Start the server with: java @" + options);
            return 0;
        } catch (UnpackingException refusal) {
            throw new CommandFailure(String.valueOf(refusal.getMessage()), refusal);
        }
    }
}
