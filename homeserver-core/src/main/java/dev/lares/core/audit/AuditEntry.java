package dev.lares.core.audit;

import dev.lares.core.id.UserId;
import dev.lares.core.log.StreamRow;
import dev.lares.core.web.Requester;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;

/// One thing that an administrator did.
///
/// @param actorNid internal number of the administrator
/// @param action what, such as `account.lock`
/// @param target the Matrix ID that it was done to
public record AuditEntry(long actorNid, String action, String target, Instant at) {
    private static final String STREAM = "audit";

    public static AuditEntry of(Requester admin, String action, UserId target, Instant at) {
        return new AuditEntry(admin.userNid(), action, target.value(), at);
    }

    /// For the item that does it, behind its other rows.
    public StreamRow row() {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("ts", at.toEpochMilli());
        row.put("actor_nid", actorNid);
        row.put("action", action);
        row.put("target", target);
        return new StreamRow(STREAM, actorNid, 0, row);
    }
}
