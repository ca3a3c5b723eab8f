package dev.lares.core.device;

import dev.lares.core.id.DeviceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DeviceRepository {
    private static final int DEVICES_MAX = 10_000;

    private final JdbcClient jdbc;

    DeviceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Device> findAll(long userNid) {
        var sql =
                """
                SELECT device_id, display_name, last_seen_ts, last_seen_ip, last_seen_user_agent
                FROM device
                WHERE user_nid = :userNid
                ORDER BY device_id
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("limit", DEVICES_MAX)
                .query((row, n) -> map(row))
                .list();
    }

    Optional<Device> find(long userNid, DeviceId deviceId) {
        var sql =
                """
                SELECT device_id, display_name, last_seen_ts, last_seen_ip, last_seen_user_agent
                FROM device
                WHERE user_nid = :userNid AND device_id = :deviceId
                """;
        return jdbc.sql(sql)
                .param("userNid", userNid)
                .param("deviceId", deviceId.value())
                .query((row, n) -> map(row))
                .optional();
    }

    private static Device map(ResultSet row) throws SQLException {
        long lastSeenTs = row.getLong("last_seen_ts");
        var lastSeenAt =
                row.wasNull()
                        ? Optional.<Instant>empty()
                        : Optional.of(Instant.ofEpochMilli(lastSeenTs));
        return new Device(
                new DeviceId(row.getString("device_id")),
                Optional.ofNullable(row.getString("display_name")),
                lastSeenAt,
                Optional.ofNullable(row.getString("last_seen_ip")),
                Optional.ofNullable(row.getString("last_seen_user_agent")));
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
