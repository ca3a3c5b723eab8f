package dev.lares.core.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/// The rows of whole tables, out and in, over one given connection whose transaction is the
/// caller's. Such statements take no parameters: names come from the database's own catalogue and
/// are quoted.
class TableCopyRepository {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Connection connection;
    private final PGConnection driver;

    TableCopyRepository(Connection connection) throws SQLException {
        this.connection = connection;
        driver = connection.unwrap(PGConnection.class);
    }

    /// Begins a transaction that sees one moment and may take as long as it needs. The tables are
    /// locked against changes of their form before that moment, since a table that is written anew
    /// afterwards would look empty.
    void beginReading(List<CatalogueTable> tables) throws SQLException {
        connection.setAutoCommit(false);
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        execute("SET LOCAL lock_timeout = '10s'");
        if (!tables.isEmpty()) {
            execute("LOCK TABLE " + names(tables) + " IN ACCESS SHARE MODE");
        }
    }

    /// @param meter hears of each row
    /// @return how many rows there were
    long copyOut(CatalogueTable table, OutputStream out, ProgressMeter meter)
            throws SQLException, IOException {
        var sql =
                "COPY %s (%s) TO STDOUT (FORMAT binary)"
                        .formatted(quoted(table.name()), columns(table));
        var copy = driver.getCopyAPI().copyOut(sql);
        try {
            // The server sends a row at a time.
            for (var row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                out.write(row);
                meter.add(1, row.length);
            }
            return copy.getHandledRowCount();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /// Begins a transaction in which these tables are this connection's alone. Rows that come in
    /// call no triggers: what those would write is in the backup.
    void beginLoading(List<CatalogueTable> tables) throws SQLException {
        connection.setAutoCommit(false);
        execute("SET LOCAL lock_timeout = '10s'");
        execute("LOCK TABLE " + names(tables) + " IN ACCESS EXCLUSIVE MODE");
        for (var table : tables) {
            execute("ALTER TABLE %s DISABLE TRIGGER USER".formatted(quoted(table.name())));
        }
    }

    /// Fills a table, whatever its migrations have put there. Its rows need no second look by
    /// vacuum.
    ///
    /// @return how many rows there were
    long copyIn(BackupManifest.Table table, InputStream rows, ProgressMeter meter)
            throws SQLException, IOException {
        var name = quoted(table.name());
        execute("TRUNCATE TABLE " + name); // in this transaction, or there is no FREEZE
        var sql =
                "COPY %s (%s) FROM STDIN (FORMAT binary, FREEZE true)"
                        .formatted(name, joined(table.columns()));
        var copy = driver.getCopyAPI().copyIn(sql);
        try {
            var buffer = new byte[BUFFER_BYTES];
            for (int length = rows.read(buffer); length >= 0; length = rows.read(buffer)) {
                copy.writeToCopy(buffer, 0, length);
                meter.add(0, length);
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /// Ends what [#beginLoading] began.
    void endLoading(List<CatalogueTable> tables) throws SQLException {
        for (var table : tables) {
            execute("ALTER TABLE %s ENABLE TRIGGER USER".formatted(quoted(table.name())));
        }
        connection.commit();
    }

    void empty(List<CatalogueTable> tables) throws SQLException {
        if (!tables.isEmpty()) {
            execute("TRUNCATE TABLE " + names(tables));
        }
    }

    /// Without statistics the first statements on large tables would go astray.
    void analyse(List<CatalogueTable> tables) throws SQLException {
        execute("ANALYZE " + names(tables));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String names(List<CatalogueTable> tables) throws SQLException {
        return joined(tables.stream().map(CatalogueTable::name).toList());
    }

    private String columns(CatalogueTable table) throws SQLException {
        return joined(table.columns());
    }

    private String joined(List<String> names) throws SQLException {
        var quoted = new ArrayList<String>();
        for (var name : names) {
            quoted.add(quoted(name));
        }
        return String.join(", ", quoted);
    }

    private String quoted(String name) throws SQLException {
        return driver.escapeIdentifier(name);
    }
}
