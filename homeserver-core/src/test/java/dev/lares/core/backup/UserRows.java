package dev.lares.core.backup;

import dev.lares.core.log.AppendItem;
import dev.lares.core.log.Position;
import dev.lares.core.log.StreamRow;
import dev.lares.core.testing.LogNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Small appends of tests.
final class UserRows {
    private UserRows() {}

    /// An account where there is none, and one row of its account data.
    static Position append(LogNode node, String localpart) {
        long nid = node.userNid(node.user(localpart));
        var row = JsonNodeFactory.instance.objectNode();
        row.put("user_nid", nid).put("room_nid", 0).put("type", "t").put("content", "{}");
        var item =
                new AppendItem(
                        Optional.empty(),
                        List.of(),
                        List.of(new StreamRow("account_data", nid, 0, row)),
                        Optional.empty());
        return node.writer().append(item, Duration.ofSeconds(10)).position();
    }
}
