package dev.lares.app.command;

import dev.lares.core.account.AccountService;
import dev.lares.core.account.Admission;
import dev.lares.core.account.NewAccount;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `user create`
@Command(
        description = "Makes an account, whatever the settings say about registration.",
        mixinStandardHelpOptions = true)
final class UserCreateCommand extends AccountCommand {
    @Option(names = "--admin", description = "The account administers the server.")
    private boolean admin;

    @Option(names = "--no-password", description = "Nobody can sign in with a password.")
    private boolean withoutPassword;

    @Mixin private final PasswordInput password = new PasswordInput();

    UserCreateCommand(ServerContext contexts) {
        super(contexts);
    }

    @Override
    public void run() {
        var secret = withoutPassword ? Optional.<String>empty() : Optional.of(password.read());
        var kind = admin ? NewAccount.Kind.ADMIN : NewAccount.Kind.USER;
        withUser((context, userId) -> {
            var accounts = context.getBean(AccountService.class);
            accounts.create(new NewAccount(userId, secret, kind), new Admission.Free());
            out().println("Made " + userId.value());
        });
    }
}
