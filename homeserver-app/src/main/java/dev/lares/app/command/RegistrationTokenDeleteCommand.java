package dev.lares.app.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `registration-token delete`
@Command(
        description = "Deletes a token; accounts that were registered with it stay.",
        mixinStandardHelpOptions = true)
final class RegistrationTokenDeleteCommand extends RegistrationTokenCommand {
    @Parameters(paramLabel = "TOKEN", description = "The token, or its ID in the list.")
    private @Nullable String token;

    RegistrationTokenDeleteCommand(ServerContext contexts) {
        super(contexts);
    }

    @Override
    public void run() {
        withTokens((context, tokens) -> {
            tokens.delete(Objects.requireNonNull(token));
            out().println("Deleted the token");
        });
    }
}
