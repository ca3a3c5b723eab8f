package dev.lares.core.accountdata;

import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.AppliedCache;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Whom users [ignore](https://spec.matrix.org/v1.19/client-server-api/#ignoring-users).
@Component
public class IgnoredUsers implements AppliedBatch.Listener {
    private static final String TYPE = "m.ignored_user_list";
    private static final long BYTES_MAX = 16L << 20;
    private static final int ENTRY_BYTES = 120;

    private final AccountDataService accountData;
    private final AppliedCache<Set<String>> byUser =
            new AppliedCache<>(BYTES_MAX, (user, ignored) -> 64 + ignored.size() * ENTRY_BYTES);

    IgnoredUsers(AccountDataService accountData) {
        this.accountData = accountData;
    }

    /// Their user IDs, as the applied position has them.
    public Set<String> of(long userNid) {
        return byUser.get(userNid, this::read);
    }

    private Set<String> read(long userNid) {
        return accountData
                .find(userNid, AccountDataService.GLOBAL, TYPE)
                .map(content -> content.path("ignored_users"))
                .filter(users -> users.isObject())
                .map(users ->
                        users.propertyNames().stream().collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    @Override
    public void applied(AppliedBatch batch) {
        if (batch.streams().contains("account_data")) {
            batch.users().forEach(byUser::invalidate);
        }
    }

    @Override
    public void movedOn() {
        byUser.invalidateAll();
    }
}
