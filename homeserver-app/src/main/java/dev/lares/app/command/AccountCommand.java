package dev.lares.app.command;

import dev.lares.core.account.Account;
import dev.lares.core.account.AccountService;
import dev.lares.core.account.Localparts;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.UserId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// What commands about one account share.
abstract class AccountCommand implements Runnable {
    private final ServerContext contexts;

    @Parameters(
            paramLabel = "USER",
            description =
                    "A user ID (@alice:example.org), or the part of it after the @ on the default domain.")
    private @Nullable String user;

    @Unmatched private final List<String> settings = new ArrayList<>();
    private @Nullable CommandSpec spec;

    AccountCommand(ServerContext contexts) {
        this.contexts = contexts;
    }

    @Spec
    final void setSpec(CommandSpec own) {
        spec = own;
    }

    final PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    /// Finds the account and gives it to the work.
    final void withAccount(BiConsumer<AccountService, Account> work) {
        withUser((context, userId) -> {
            var accounts = context.getBean(AccountService.class);
            var account =
                    accounts.find(userId)
                            .orElseThrow(() ->
                                    new CommandFailure("There is no account " + userId.value()));
            work.accept(accounts, account);
        });
    }

    final void withUser(BiConsumer<ApplicationContext, UserId> work) {
        contexts.use(
                settings,
                Map.of(),
                context -> {
                    var domains = context.getBean(HostedDomains.class);
                    work.accept(context, userId(Objects.requireNonNull(user), domains));
                    return true;
                });
    }

    private static UserId userId(String text, HostedDomains domains) {
        if (!text.startsWith("@")) {
            return Localparts.newUserId(text, domains.defaultDomain());
        }
        var userId = new UserId(text);
        if (!domains.isLocal(userId)) {
            throw new CommandFailure(
                    "This server hosts no users of " + userId.serverName().value());
        }
        return userId;
    }
}
