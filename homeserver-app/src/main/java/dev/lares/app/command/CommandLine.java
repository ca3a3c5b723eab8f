package dev.lares.app.command;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the program is told to do.
@Command(
        name = "lares",
        description = "A Matrix homeserver. Without a command it runs the server.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Settings follow as --lares.domain=example.org, or stand in lares.yaml, in the environment or in",
            "/run/secrets; docs/configuration.md lists them. Commands use those of the server and may run beside it."
        })
public final class CommandLine implements Runnable {
    static final int FAILED = 1;

    @Spec private CommandSpec spec;

    private CommandLine(CommandSpec spec) {
        this.spec = spec;
    }

    CommandLine() {
        this(CommandSpec.create()); // picocli puts the real one in its place
    }

    /// Runs the server and returns when it has started, or carries out a command and ends the
    /// process.
    ///
    /// @param application the class at the root of all beans
    public static void main(Class<?> application, String... arguments) {
        if (isRun(arguments)) {
            ServerContext.run(application, withoutRun(arguments));
        } else {
            System.exit(execute(application, arguments));
        }
    }

    /// Returns the exit code: 0, 1 where it failed, 2 where the command was not understood.
    static int execute(Class<?> application, String... arguments) {
        var contexts = new ServerContext(application);
        return new picocli.CommandLine(new CommandLine())
                .addSubcommand("run", new RunCommand())
                .addSubcommand("user", userCommands(contexts))
                .addSubcommand("backup", backupCommands())
                .addSubcommand("restore", new RestoreCommand(contexts))
                .addSubcommand("unpack", new UnpackCommand(application))
                .addSubcommand("registration-token", registrationTokenCommands(contexts))
                .addSubcommand(
                        "config",
                        new picocli.CommandLine(new GroupCommand("Looks at the settings."))
                                .addSubcommand("check", new ConfigCheckCommand()))
                .addSubcommand(
                        "db",
                        new picocli.CommandLine(new GroupCommand("Looks at the database."))
                                .addSubcommand("check", new DatabaseCheckCommand(contexts)))
                .setExecutionExceptionHandler(failures())
                .execute(arguments);
    }

    private static picocli.CommandLine backupCommands() {
        return new picocli.CommandLine(new BackupCommand())
                .addSubcommand("verify", new BackupVerifyCommand());
    }

    private static picocli.CommandLine userCommands(ServerContext contexts) {
        return new picocli.CommandLine(new GroupCommand("Accounts of this server."))
                .addSubcommand("create", new UserCreateCommand(contexts))
                .addSubcommand("reset-password", new UserResetPasswordCommand(contexts))
                .addSubcommand("promote", new UserPromoteCommand(contexts))
                .addSubcommand("deactivate", new UserDeactivateCommand(contexts));
    }

    private static picocli.CommandLine registrationTokenCommands(ServerContext contexts) {
        return new picocli.CommandLine(
                        new GroupCommand("Tokens with which people register accounts."))
                .addSubcommand("create", new RegistrationTokenCreateCommand(contexts))
                .addSubcommand("list", new RegistrationTokenListCommand(contexts))
                .addSubcommand("delete", new RegistrationTokenDeleteCommand(contexts));
    }

    /// Settings alone mean `run`; so the first word that is no setting decides.
    private static boolean isRun(String... arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("--version")) {
            return false;
        }
        return arguments.length == 0
                || arguments[0].equals("run")
                || Arrays.stream(arguments).allMatch(argument -> argument.startsWith("--"));
    }

    private static String[] withoutRun(String... arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("--"))
                .toArray(String[]::new);
    }

    /// Refusals are told in one line; what nobody foresaw, with its stack.
    private static IExecutionExceptionHandler failures() {
        return (failure, commandLine, parsed) -> {
            if (failure instanceof CommandFailure) {
                commandLine.getErr().println(failure.getMessage());
                return FAILED;
            }
            throw failure;
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
