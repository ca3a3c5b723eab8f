package dev.lares.app.command;

import dev.lares.core.account.AccountService.OtherDevices;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `user reset-password`
@Command(
        description = "Sets a new password and signs all devices of the user out.",
        mixinStandardHelpOptions = true)
final class UserResetPasswordCommand extends AccountCommand {
    @Option(names = "--keep-devices", description = "Devices stay signed in.")
    private boolean keepDevices;

    @Mixin private final PasswordInput password = new PasswordInput();

    UserResetPasswordCommand(ServerContext contexts) {
        super(contexts);
    }

    @Override
    public void run() {
        var secret = password.read();
        var others =
                keepDevices ? new OtherDevices.Keep() : new OtherDevices.Delete(Optional.empty());
        withAccount((accounts, account) -> {
            accounts.setPassword(account, secret, others);
            out().println("Set the password of " + account.userId().value());
        });
    }
}
