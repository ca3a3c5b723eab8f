package dev.lares.core.account;

import dev.lares.core.account.Account.PasswordHash;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Rules for passwords.
@Service
public class PasswordService {
    /// Longest password; a longer one would only cost time.
    static final int LENGTH_MAX = 512;

    private final AccountRepository accounts;
    private final PasswordHasher hasher;
    private final PasswordProperties properties;

    PasswordService(
            AccountRepository accounts, PasswordHasher hasher, PasswordProperties properties) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.properties = properties;
    }

    /// `M_WEAK_PASSWORD` where a new password is too short, `M_INVALID_PARAM` where it is too long.
    public void requireAcceptable(String password) {
        if (password.length() > LENGTH_MAX) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "A password has at most " + LENGTH_MAX + " characters");
        }
        if (password.codePointCount(0, password.length()) < properties.lengthMin()) {
            throw new MatrixException(
                    ErrorCode.M_WEAK_PASSWORD,
                    "A password has at least " + properties.lengthMin() + " characters");
        }
    }

    /// Whether it is the account's password. Takes as long where there is no account. A hash of
    /// another cost is replaced. `M_LIMIT_EXCEEDED` when too many ask at once.
    public boolean matches(Optional<Account> account, String password) {
        if (password.length() > LENGTH_MAX) {
            return false;
        }
        var hash = account.flatMap(Account::passwordHash);
        if (hash.isEmpty()) {
            hasher.matchNothing(password);
            return false;
        }
        if (!hasher.matches(password, hash.get())) {
            return false;
        }
        if (hasher.outdated(hash.get())) {
            accounts.rehash(account.get().userNid(), hash.get(), hasher.hash(password));
        }
        return true;
    }

    PasswordHash hash(String password) {
        return hasher.hash(password);
    }
}
