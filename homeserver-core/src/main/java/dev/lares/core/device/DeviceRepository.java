package dev.lares.core.device;

import dev.lares.core.id.DeviceId;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DeviceRepository {
    private final JdbcClient jdbc;

    DeviceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes many at once; what is gone meanwhile is left out.
    void updateLastSeen(Collection<LastSeenRow> rows) {
        var sql =
                """
                UPDATE device d
                SET last_seen_ts = s.ts, last_seen_ip = s.ip, last_seen_user_agent = s.user_agent
                FROM unnest(:userNids::bigint[], :deviceIds::text[], :ts::bigint[], :ips::text[],
                            :userAgents::text[]) AS s (user_nid, device_id, ts, ip, user_agent)
                WHERE d.user_nid = s.user_nid AND d.device_id = s.device_id
                """;
        jdbc.sql(sql)
                .param("userNids", rows.stream().map(LastSeenRow::userNid).toArray(Long[]::new))
                .param(
                        "deviceIds",
                        rows.stream().map(row -> row.deviceId().value()).toArray(String[]::new))
                .param("ts", rows.stream().map(row -> row.at().toEpochMilli()).toArray(Long[]::new))
                .param("ips", rows.stream().map(LastSeenRow::address).toArray(String[]::new))
                .param(
                        "userAgents",
                        rows.stream().map(LastSeenRow::userAgent).toArray(String[]::new))
                .update();
    }

    record LastSeenRow(
            long userNid, DeviceId deviceId, Instant at, String address, String userAgent) {}
}
