package dev.lares.core.account;

import dev.lares.core.id.UserId;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.AppliedCache;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Local users who [wanted to be
/// erased](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate):
/// who was not in a room when they sent something gets it without its content.
@Service
public class ErasedUsers implements AppliedBatch.Listener {
    /// All are remembered together.
    private static final long ALL = 0;

    private final AccountRepository accounts;
    private final AppliedCache<Set<UserId>> erased = new AppliedCache<>(1, (nid, users) -> 1);

    ErasedUsers(AccountRepository accounts) {
        this.accounts = accounts;
    }

    public boolean contains(UserId userId) {
        return erased.get(ALL, nid -> Set.copyOf(accounts.findErased())).contains(userId);
    }

    @Override
    public void applied(AppliedBatch batch) {
        if (batch.streams().contains(AccountChanges.STREAM)) {
            erased.invalidate(ALL);
        }
    }

    @Override
    public void movedOn() {
        erased.invalidateAll();
    }
}
