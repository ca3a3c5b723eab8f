package dev.lares.core.backup;

import dev.lares.core.backup.CatalogueTable.Content;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// What a database says of its own tables, over one given connection. Whatever belongs to an
/// extension is not ours.
class CatalogueRepository {
    /// Said in a table's comment: a restore leaves it empty.
    static final String LEFT_EMPTY = "Restore: left empty";

    private static final String RULE = "Restore:";

    private final JdbcClient jdbc;

    CatalogueRepository(Connection connection) {
        jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /// All tables but Flyway's.
    List<CatalogueTable> findTables() {
        var sql =
                """
                SELECT c.relname AS name, c.relkind::text AS kind, c.relpersistence::text AS persistence,
                       coalesce(obj_description(c.oid, 'pg_class'), '') AS comment,
                       pg_table_size(c.oid) AS size_bytes,
                       ARRAY(SELECT a.attname::text FROM pg_attribute a
                             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                               AND a.attgenerated = ''
                             ORDER BY a.attnum) AS columns,
                       ARRAY(SELECT r.relname::text FROM pg_constraint k
                             JOIN pg_class r ON r.oid = k.confrelid
                             WHERE k.conrelid = c.oid AND k.contype = 'f' AND r.oid <> c.oid) AS refers_to
                FROM pg_class c
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'm', 'f')
                  AND c.relname NOT IN ('flyway_schema_history', 'restore_unfinished')
                  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
                ORDER BY c.relname
                """;
        return jdbc.sql(sql).query((row, n) -> table(row)).list();
    }

    private static CatalogueTable table(ResultSet row) throws SQLException {
        var name = row.getString("name");
        if (!row.getString("kind").equals("r")) {
            throw new BackupException(
                    "%s is no plain table, and a backup would miss its rows.".formatted(name));
        }
        return new CatalogueTable(
                name,
                texts(row.getArray("columns")),
                texts(row.getArray("refers_to")),
                row.getLong("size_bytes"),
                content(name, row.getString("persistence"), row.getString("comment")));
    }

    private static Content content(String table, String persistence, String comment) {
        if (persistence.equals("u")) {
            return Content.NOT_LOGGED;
        }
        if (comment.contains(LEFT_EMPTY)) {
            return Content.GIVEN_ONCE;
        }
        if (comment.contains(RULE)) {
            throw new IllegalStateException(
                    "The comment on %s has a rule for restores that nobody knows; it may say «%s»"
                            .formatted(table, LEFT_EMPTY));
        }
        return Content.KEPT;
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /// Sequences that have given a number. What they say is not of the transaction's moment but of
    /// now, never less.
    List<BackupManifest.Sequence> findSequences() {
        var sql =
                """
                SELECT sequencename, last_value FROM pg_sequences
                WHERE schemaname = current_schema() AND last_value IS NOT NULL
                ORDER BY sequencename
                """;
        return jdbc.sql(sql)
                .query((row, n) ->
                        new BackupManifest.Sequence(
                                row.getString("sequencename"), row.getLong("last_value")))
                .list();
    }

    /// Lets the sequence give greater numbers only.
    void advance(BackupManifest.Sequence sequence) {
        jdbc.sql("SELECT setval(format('%I', :name::text)::regclass, :lastValue)")
                .param("name", sequence.name())
                .param("lastValue", sequence.lastValue())
                .query(Long.class)
                .single();
    }

    /// Whether migrations were made here.
    boolean hasSchema() {
        var sql = "SELECT to_regclass('flyway_schema_history') IS NOT NULL";
        return jdbc.sql(sql).query(Boolean.class).single() && !findMigrations().isEmpty();
    }

    /// Whether nothing is here that is not an extension's. The table in which Flyway notes
    /// migrations may be, where it notes none.
    boolean isEmpty() {
        var sql =
                """
                SELECT NOT EXISTS (
                    SELECT FROM pg_class c
                    WHERE c.relnamespace = current_schema()::regnamespace
                      AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relname <> 'flyway_schema_history'
                      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
                ) AND NOT EXISTS (
                    SELECT FROM pg_proc p
                    WHERE p.pronamespace = current_schema()::regnamespace
                      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
                ) AND NOT EXISTS (
                    SELECT FROM pg_type t
                    WHERE t.typnamespace = current_schema()::regnamespace AND t.typtype IN ('d', 'e', 'r')
                      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
                )
                """;
        return jdbc.sql(sql).query(Boolean.class).single() && !hasSchema();
    }

    /// The migrations that were made, in their order.
    List<BackupManifest.Migration> findMigrations() {
        var sql =
                """
                SELECT version, description, checksum, success FROM flyway_schema_history
                WHERE version IS NOT NULL
                ORDER BY installed_rank
                """;
        return jdbc.sql(sql).query((row, n) -> migration(row)).list();
    }

    private static BackupManifest.Migration migration(ResultSet row) throws SQLException {
        var version = row.getString("version");
        if (!row.getBoolean("success")) {
            throw new BackupException("The migration %s has failed half-way.".formatted(version));
        }
        return new BackupManifest.Migration(
                version, row.getString("description"), row.getInt("checksum"));
    }

    String getServerVersion() {
        return jdbc.sql("SELECT current_setting('server_version')").query(String.class).single();
    }
}
