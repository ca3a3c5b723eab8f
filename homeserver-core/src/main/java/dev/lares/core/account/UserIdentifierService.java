package dev.lares.core.account;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Finds whom an identifier means.
@Service
public class UserIdentifierService {
    private final AccountRepository accounts;
    private final HostedDomains domains;

    UserIdentifierService(AccountRepository accounts, HostedDomains domains) {
        this.accounts = accounts;
        this.domains = domains;
    }

    /// The account, where there is one: no account here has a third-party identifier yet, so those
    /// find none. `M_MISSING_PARAM` where a member is missing, `M_UNKNOWN` (400) for a type that
    /// does not exist.
    ///
    /// @param domain the domain of a user who is named without one
    public Optional<Account> find(UserIdentifier identifier, ServerName domain) {
        var type = identifier.type().orElse("m.id.thirdparty");
        return switch (type) {
            case "m.id.user" -> findUser(require(identifier.user(), "user"), domain);
            case "m.id.thirdparty" -> {
                require(identifier.medium(), "medium");
                require(identifier.address(), "address");
                yield Optional.empty();
            }
            case "m.id.phone" -> {
                require(identifier.country(), "country");
                require(identifier.phone(), "phone");
                yield Optional.empty();
            }
            default ->
                    throw new MatrixException(
                            ErrorCode.M_UNKNOWN, 400, "Unknown type of identifier");
        };
    }

    private Optional<Account> findUser(String user, ServerName domain) {
        var userId = userId(user, domain);
        if (userId.isEmpty() || !domains.isLocal(userId.get())) {
            return Optional.empty();
        }
        // Names are small letters, except for those that an older server made.
        return accounts.find(userId.get())
                .or(() ->
                        accounts.find(
                                UserId.of(
                                        userId.get().localpart().toLowerCase(Locale.ROOT),
                                        userId.get().serverName())));
    }

    private static Optional<UserId> userId(String user, ServerName domain) {
        try {
            return Optional.of(user.startsWith("@") ? new UserId(user) : UserId.of(user, domain));
        } catch (MatrixException e) {
            return Optional.empty(); // nobody has such a name
        }
    }

    private static String require(Optional<String> member, String name) {
        return member.orElseThrow(() ->
                new MatrixException(
                        ErrorCode.M_MISSING_PARAM, "identifier." + name + " is missing"));
    }
}
