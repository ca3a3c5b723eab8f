package dev.lares.core.account;

import dev.lares.core.account.Account.PasswordHash;
import dev.lares.core.log.StreamRow;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows of the stream `account_change`.
public final class AccountChanges {
    public static final String STREAM = "account_change";

    private AccountChanges() {}

    static StreamRow password(long userNid, PasswordHash hash) {
        var row = row(userNid, "password");
        row.put("password_hash", hash.encoded());
        return new StreamRow(STREAM, userNid, 0, row);
    }

    static StreamRow deactivate(long userNid, AccountService.Erasure erasure, Instant now) {
        var row = row(userNid, "deactivate");
        row.put("flag", erasure == AccountService.Erasure.ERASE);
        row.put("ts", now.toEpochMilli());
        return new StreamRow(STREAM, userNid, 0, row);
    }

    static StreamRow flag(long userNid, AccountFlag flag, AccountFlag.Setting setting) {
        var row = row(userNid, flag.change());
        row.put("flag", setting == AccountFlag.Setting.ON);
        return new StreamRow(STREAM, userNid, 0, row);
    }

    private static ObjectNode row(long userNid, String change) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("user_nid", userNid);
        row.put("change", change);
        return row;
    }
}
