package dev.lares.app.command;

import dev.lares.core.account.AccountFlag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `user promote`
@Command(
        description = "Makes a user an administrator of the server.",
        mixinStandardHelpOptions = true)
final class UserPromoteCommand extends AccountCommand {
    @Option(names = "--undo", description = "The user is no administrator any more.")
    private boolean undo;

    UserPromoteCommand(ServerContext contexts) {
        super(contexts);
    }

    @Override
    public void run() {
        var setting = undo ? AccountFlag.Setting.OFF : AccountFlag.Setting.ON;
        withAccount((accounts, account) -> {
            accounts.set(account, AccountFlag.ADMIN, setting);
            out().println(
                            account.userId().value()
                                    + (undo ? " is no administrator" : " is an administrator"));
        });
    }
}
