package dev.lares.client.sync;

import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.filter.Filter;
import dev.lares.core.log.Position;
import dev.lares.core.room.Viewer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one answer is built from.
///
/// @param to bounds every query: nothing behind it is told
/// @param ignored users whose messages and invitations the viewer does not want
/// @param accountData what the viewer changed of it behind the token; all of it where there is no
///   token
public record SyncContext(
        SyncRequest request,
        Viewer viewer,
        Position to,
        Set<String> ignored,
        List<AccountDataRow> accountData) {
    public SyncContext {
        ignored = Set.copyOf(ignored);
        accountData = List.copyOf(accountData);
    }

    public Optional<Position> since() {
        return request.since();
    }

    public Filter filter() {
        return request.filter();
    }
}
