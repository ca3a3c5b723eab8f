package dev.lares.client.setup;

import dev.lares.core.account.AccountService;
import dev.lares.core.account.Localparts;
import dev.lares.core.account.NewAccount;
import dev.lares.core.account.SetupLinkService;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Makes the first administrator.
@Service
class SetupService {
    private static final Logger log = LoggerFactory.getLogger(SetupService.class);

    private final SetupLinkService links;
    private final AccountService accounts;

    SetupService(SetupLinkService links, AccountService accounts) {
        this.links = links;
        this.accounts = accounts;
    }

    boolean isOpen(String token) {
        return links.check(token).isPresent();
    }

    /// Empty where the account was made, else what the person may correct.
    Optional<String> createAdmin(
            String token, String username, String password, ServerName domain) {
        var admission = links.check(token);
        if (admission.isEmpty()) {
            return Optional.of("The link has been used");
        }
        try {
            var userId = Localparts.newUserId(username, domain);
            accounts.create(
                    new NewAccount(userId, Optional.of(password), NewAccount.Kind.ADMIN),
                    admission.get());
            log.info("{} was made the first administrator with the setup link", userId);
            return Optional.empty();
        } catch (MatrixException refusal) {
            return Optional.of(String.valueOf(refusal.getMessage()));
        }
    }
}
