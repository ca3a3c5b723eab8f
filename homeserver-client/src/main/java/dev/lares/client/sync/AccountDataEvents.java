package dev.lares.client.sync;

import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.id.UserId;
import dev.lares.core.push.PushRuleset;
import java.util.List;

/// Writes account data as the events that clients know it as.
public final class AccountDataEvents {
    /// The type under which clients get their push rules.
    static final String PUSH_RULES = "m.push_rules";

    private AccountDataEvents() {}

    /// [`m.push_rules`](https://spec.matrix.org/v1.19/client-server-api/#mpush_rules): every user
    /// has them, also one who changed none.
    public static byte[] pushRules(UserId userId) {
        var json = new JsonBuffer().openObject();
        json.name("type").string(PUSH_RULES);
        json.name("content").openObject().name("global");
        json.raw(PushRuleset.defaults(userId).json().toString());
        return json.closeObject().closeObject().toBytes();
    }

    /// Those that the filter wants, ready to be written.
    public static List<byte[]> of(List<AccountDataRow> rows, EventFilter filter) {
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
