package dev.lares.core.token;

import dev.lares.core.log.StreamRow;
import tools.jackson.databind.node.JsonNodeFactory;

/// Rows of the stream `token_revocation`.
final class TokenRevocations {
    static final String STREAM = "token_revocation";

    private TokenRevocations() {}

    static StreamRow of(long userNid, long tokenNid) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("user_nid", userNid);
        row.put("token_nid", tokenNid);
        return new StreamRow(STREAM, userNid, 0, row);
    }
}
