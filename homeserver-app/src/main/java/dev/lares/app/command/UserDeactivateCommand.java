package dev.lares.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `user deactivate`
@Command(
        description =
                "Ends an account for good: no password, no devices, and its name is not given again.",
        mixinStandardHelpOptions = true)
final class UserDeactivateCommand extends AccountCommand {
    @Option(names = "--yes", required = true, description = "Yes, it cannot be undone.")
    private boolean confirmed;

    UserDeactivateCommand(ServerContext contexts) {
        super(contexts);
    }

    @Override
    public void run() {
        if (!confirmed) {
            throw new CommandFailure("Say --yes to deactivate an account; it cannot be undone.");
        }
        withAccount((accounts, account) -> {
            accounts.deactivate(account);
            out().println("Deactivated " + account.userId().value());
        });
    }
}
