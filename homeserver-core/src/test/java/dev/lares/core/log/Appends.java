package dev.lares.core.log;

import dev.lares.core.testing.LogNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Small appends of tests.
final class Appends {
    private Appends() {}

    /// One row of account data, and its position.
    static Position row(LogNode node) {
        long nid = node.userNid(node.user("alice"));
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
