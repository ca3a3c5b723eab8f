package dev.lares.core.report;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ReportRepository {
    private final JdbcClient jdbc;

    ReportRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insertOfEvent(
            long reporterNid, long roomNid, long eventNid, Optional<String> reason, Instant at) {
        insert(reporterNid, roomNid, eventNid, null, reason, at);
    }

    void insertOfRoom(long reporterNid, long roomNid, String reason, Instant at) {
        insert(reporterNid, roomNid, null, null, Optional.of(reason), at);
    }

    void insertOfUser(long reporterNid, long userNid, String reason, Instant at) {
        insert(reporterNid, null, null, userNid, Optional.of(reason), at);
    }

    private void insert(
            long reporterNid,
            @Nullable Long roomNid,
            @Nullable Long eventNid,
            @Nullable Long userNid,
            Optional<String> reason,
            Instant at) {
        var sql =
                """
                INSERT INTO report (ts, reporter_nid, room_nid, event_nid, user_nid, reason)
                VALUES (:ts, :reporterNid, :roomNid::bigint, :eventNid::bigint, :userNid::bigint,
                        :reason)
                """;
        jdbc.sql(sql)
                .param("ts", at.toEpochMilli())
                .param("reporterNid", reporterNid)
                .param("roomNid", roomNid)
                .param("eventNid", eventNid)
                .param("userNid", userNid)
                .param("reason", reason.orElse(null))
                .update();
    }
}
