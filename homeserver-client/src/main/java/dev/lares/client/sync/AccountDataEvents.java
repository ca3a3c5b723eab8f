package dev.lares.client.sync;

import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.filter.EventFilter;
import java.util.List;

/// Writes account data as the events that clients know it as.
final class AccountDataEvents {
    private AccountDataEvents() {}

    /// Those that the filter wants, ready to be written.
    static List<byte[]> of(List<AccountDataRow> rows, EventFilter filter) {
        return rows.stream()
                .filter(row -> filter.wantsType(row.type()))
                .limit(filter.limit())
                .map(AccountDataEvents::event)
                .toList();
    }

    private static byte[] event(AccountDataRow row) {
        var json = new JsonBuffer().openObject();
        json.name("type").string(row.type());
        json.name("content").raw(row.content());
        return json.closeObject().toBytes();
    }
}
