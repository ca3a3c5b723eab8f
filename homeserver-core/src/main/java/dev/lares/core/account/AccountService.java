package dev.lares.core.account;

import dev.lares.core.audit.AuditEntry;
import dev.lares.core.device.DeviceChanges;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.DeviceId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import dev.lares.core.user.UserRefs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Accounts of local users. Who may do what is decided by the callers.
@Service
public class AccountService {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final AccountRepository accounts;
    private final AccountCreationService creation;
    private final UserRefs users;
    private final PasswordService passwords;
    private final LogWriter logWriter;
    private final Clock clock;

    AccountService(
            AccountRepository accounts,
            AccountCreationService creation,
            UserRefs users,
            PasswordService passwords,
            LogWriter logWriter,
            Clock clock) {
        this.accounts = accounts;
        this.creation = creation;
        this.users = users;
        this.passwords = passwords;
        this.logWriter = logWriter;
        this.clock = clock;
    }

    /// Also finds accounts that are deactivated.
    public Optional<Account> find(UserId userId) {
        return accounts.find(userId);
    }

    public Optional<Account> find(long userNid) {
        return accounts.find(userNid);
    }

    /// Internal numbers of those of the users who are guests.
    public List<Long> findGuests(Collection<Long> userNids) {
        return userNids.isEmpty() ? List.of() : accounts.findGuests(userNids);
    }

    /// Internal numbers of those of the users whose account is deactivated.
    public List<Long> findDeactivated(Collection<Long> userNids) {
        return userNids.isEmpty() ? List.of() : accounts.findDeactivated(userNids);
    }

    /// `M_NOT_FOUND` where there is none.
    public Account get(UserId userId) {
        return accounts.find(userId)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "No such account"));
    }

    /// `M_USER_IN_USE` where the name is taken, also by a deactivated account.
    public void requireAvailable(UserId userId) {
        if (accounts.find(userId).isPresent()) {
            throw inUse();
        }
    }

    public boolean adminExists() {
        return accounts.adminExists();
    }

    /// Makes an account that lives from now on. `M_USER_IN_USE` where the name is taken,
    /// `M_WEAK_PASSWORD` and `M_INVALID_PARAM` for a password that is not accepted, `M_FORBIDDEN`
    /// where what admits to it has been used up.
    public Account create(NewAccount account, Admission admission) {
        account.password().ifPresent(passwords::requireAcceptable);
        requireAvailable(account.userId()); // before the hash is paid for
        var hash = account.password().map(passwords::hash);
        long userNid = users.intern(account.userId());
        creation.insert(userNid, hash, account.kind(), admission, Instant.now(clock));
        return accounts.find(userNid)
                .orElseThrow(
                        () -> new IllegalStateException("account " + userNid + " was just made"));
    }

    /// What a change of the password does to the user's other devices.
    public sealed interface OtherDevices {
        /// They stay signed in.
        record Keep() implements OtherDevices {}

        /// All are deleted but the one named.
        record Delete(Optional<DeviceId> spared) implements OtherDevices {}
    }

    /// Sets the password; `M_WEAK_PASSWORD`, `M_INVALID_PARAM` where it is not accepted,
    /// `M_USER_DEACTIVATED` where the account is.
    public void setPassword(Account account, String password, OtherDevices others) {
        passwords.requireAcceptable(password);
        requireAlive(account);
        var change = AccountChanges.password(account.userNid(), passwords.hash(password));
        switch (others) {
            case OtherDevices.Keep() -> append(List.of(change));
            case OtherDevices.Delete(var spared) ->
                    append(List.of(change, DeviceChanges.deleteOthers(account.userNid(), spared)));
        }
    }

    /// Switches a flag; a deactivated account is `M_USER_DEACTIVATED`.
    public void set(Account account, AccountFlag flag, AccountFlag.Setting setting) {
        requireAlive(account);
        append(List.of(AccountChanges.flag(account.userNid(), flag, setting)));
    }

    /// As [#set(Account, AccountFlag, AccountFlag.Setting)], with what an administrator did.
    public void set(
            Account account, AccountFlag flag, AccountFlag.Setting setting, AuditEntry audit) {
        requireAlive(account);
        append(List.of(AccountChanges.flag(account.userNid(), flag, setting), audit.row()));
    }

    /// What becomes of what the user leaves behind.
    public enum Erasure {
        KEEP,
        /// Profile and account data go, and who was not in a room when the user sent something gets
        /// it without its content.
        ERASE
    }

    /// As [#deactivate(Account, Erasure)], nothing erased.
    public void deactivate(Account account) {
        deactivate(account, Erasure.KEEP);
    }

    /// Ends the account for good: no password, no devices, no tokens, no visible profile, and its
    /// name is not given again. Its rooms are left soon after. Repeating it changes nothing but
    /// that it may erase.
    public void deactivate(Account account, Erasure erasure) {
        append(
                List.of(
                        AccountChanges.deactivate(account.userNid(), erasure, Instant.now(clock)),
                        DeviceChanges.deleteOthers(account.userNid(), Optional.empty())));
    }

    private void append(List<StreamRow> rows) {
        var item = new AppendItem(Optional.empty(), List.of(), rows, Optional.empty());
        logWriter.append(item, DEADLINE);
    }

    private static void requireAlive(Account account) {
        if (account.deactivated()) {
            throw new MatrixException(
                    ErrorCode.M_USER_DEACTIVATED, "The account has been deactivated");
        }
    }

    static MatrixException inUse() {
        return new MatrixException(ErrorCode.M_USER_IN_USE, "The user name is taken");
    }
}
