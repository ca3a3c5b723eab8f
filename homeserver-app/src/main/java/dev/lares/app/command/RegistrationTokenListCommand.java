package dev.lares.app.command;

import dev.lares.core.account.RegistrationToken;
import picocli.CommandLine.Command;

/// `registration-token list`
@Command(
        description = {
            "Lists the tokens, the newest first, at most 1,000.",
            "Shown are an ID, the token's first characters, how often it was used, and until when it can be."
        },
        mixinStandardHelpOptions = true)
final class RegistrationTokenListCommand extends RegistrationTokenCommand {
    private static final String ROW = "%-12s  %-6s  %-11s  %-24s  %s%n";

    RegistrationTokenListCommand(ServerContext contexts) {
        super(contexts);
    }

    @Override
    public void run() {
        withTokens((context, tokens) -> {
            out().printf(ROW, "ID", "BEGINS", "USED", "EXPIRES", "USABLE");
            tokens.list().forEach(this::show);
        });
    }

    private void show(RegistrationToken token) {
        var allowed = token.usesAllowed().map(String::valueOf).orElse("any");
        out().printf(
                        ROW,
                        token.id(),
                        token.hint() + "...",
                        token.completed() + " of " + allowed,
                        token.expiresAt().map(String::valueOf).orElse("never"),
                        token.usable() ? "yes" : "no");
    }
}
