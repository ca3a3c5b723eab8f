package dev.lares.app.reliability;

import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.log.LogReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Singleton work of tests: notes each batch of the log in `witness`, where that table is, and
/// which process saw it. As every reader's, its writes hold only while its lease does.
final class WitnessReader implements LogReader {
    static final String NAME = "test.witness";

    private final JdbcClient jdbc;

    WitnessReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static void createTable(JdbcClient jdbc) {
        var sql =
                """
                CREATE TABLE witness (
                    last_pos bigint PRIMARY KEY, epoch bigint NOT NULL, pid bigint NOT NULL)
                """;
        jdbc.sql(sql).update();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Start start() {
        return Start.OLDEST;
    }

    @Override
    public void read(AppliedBatch batch, Lease lease) {
        var there = "SELECT to_regclass('witness') IS NOT NULL";
        if (!jdbc.sql(there).query(Boolean.class).single()) {
            return;
        }
        var sql =
                """
                INSERT INTO witness (last_pos, epoch, pid)
                SELECT :lastPos, :epoch, :pid FROM lease WHERE name = :name AND epoch = :epoch
                ON CONFLICT (last_pos) DO NOTHING
                """;
        jdbc.sql(sql)
                .param("lastPos", batch.last().value())
                .param("epoch", lease.epoch())
                .param("name", lease.name())
                .param("pid", ProcessHandle.current().pid())
                .update();
    }
}
