package dev.lares.app.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Stands in the help. Running the server is not left to picocli, whose commands end the process.
@Command(
        description = "Runs the server until it is told to stop; what happens without a command.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Runnable {
    @Unmatched private final List<String> settings = new ArrayList<>();

    @Override
    public void run() {
        throw new IllegalStateException("the server is run by CommandLine, with " + settings);
    }
}
