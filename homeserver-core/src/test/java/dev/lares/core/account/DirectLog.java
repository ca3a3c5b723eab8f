package dev.lares.core.account;

import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendResult;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.Position;
import dev.lares.core.log.ReceivedItem;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.log.StreamRow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Appends rows by the database's own function, one item a batch; knows no events.
final class DirectLog implements LogWriter {
    private final JdbcClient jdbc;

    DirectLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public AppendResult append(AppendItem item, Duration deadline) {
        Map<String, ArrayNode> streams = new LinkedHashMap<>();
        int at = 0;
        for (var row : item.rows()) {
            row.row().put("at", ++at);
            streams.computeIfAbsent(row.stream(), name -> JsonNodeFactory.instance.arrayNode())
                    .add(row.row());
        }
        var sql =
                """
                SELECT last_pos FROM append(:batchId, :size, '{}', :users, :streams, :rows::jsonb[])
                """;
        long last =
                jdbc.sql(sql)
                        .param("batchId", UUID.randomUUID())
                        .param("size", at)
                        .param(
                                "users",
                                item.rows().stream().map(StreamRow::userNid).toArray(Long[]::new))
                        .param("streams", streams.keySet().toArray(String[]::new))
                        .param(
                                "rows",
                                streams.values().stream()
                                        .map(ArrayNode::toString)
                                        .toArray(String[]::new))
                        .query(Long.class)
                        .single();
        return new AppendResult(new Position(last), Optional.empty(), List.of(), false);
    }

    @Override
    public ReceivedResult receive(ReceivedItem item, Duration deadline) {
        throw new UnsupportedOperationException("It knows no events");
    }
}
