package dev.lares.core.device;

import dev.lares.core.work.RetentionRule;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The history of users' lists of devices.
@Repository
class DeviceChangeRepository implements RetentionRule {
    private final JdbcClient jdbc;

    DeviceChangeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String table() {
        return "device_change";
    }

    /// Changes are kept for 90 days, and the newest of a user for ever.
    @Override
    public int deleteOld(int limit) {
        var sql =
                """
                DELETE FROM device_change WHERE (user_nid, pos) IN (
                    SELECT d.user_nid, d.pos FROM device_change d
                    WHERE d.created_at < now() - interval '90 days'
                      AND EXISTS (SELECT FROM device_change n
                                  WHERE n.user_nid = d.user_nid AND n.pos > d.pos)
                    LIMIT :limit)
                """;
        return jdbc.sql(sql).param("limit", limit).update();
    }
}
