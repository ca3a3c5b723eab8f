package dev.lares.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The first word of commands of two words.
@Command(mixinStandardHelpOptions = true)
final class GroupCommand implements Runnable {
    private final String description;
    private CommandSpec spec = CommandSpec.create();

    GroupCommand(String description) {
        this.description = description;
    }

    @Spec
    void describe(CommandSpec own) {
        spec = own;
        own.usageMessage().description(description);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
