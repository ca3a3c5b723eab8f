package dev.lares.app.command;

import dev.lares.core.account.RegistrationProperties;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `registration-token create`
@Command(
        description = {
            "Makes a token with which people register accounts, and prints it.",
            "It is stored hashed and cannot be shown again."
        },
        mixinStandardHelpOptions = true)
final class RegistrationTokenCreateCommand extends RegistrationTokenCommand {
    @Option(
            names = "--uses",
            paramLabel = "NUMBER",
            description = "How many accounts may be registered with it; any number by default.")
    private @Nullable Integer uses;

    @Option(
            names = "--expires-in",
            paramLabel = "DURATION",
            converter = PositiveDuration.class,
            description = "How long it can be used, such as 12h or 7d; for ever by default.")
    private @Nullable Duration lifetime;

    RegistrationTokenCreateCommand(ServerContext contexts) {
        super(contexts);
    }

    @Override
    public void run() {
        withTokens((context, tokens) -> {
            out().println(tokens.create(Optional.ofNullable(uses), Optional.ofNullable(lifetime)));
            var mode = context.getBean(RegistrationProperties.class).mode();
            if (mode != RegistrationProperties.Mode.TOKEN) {
                err().println("It is asked for only where lares.registration.mode is token.");
            }
        });
    }
}
