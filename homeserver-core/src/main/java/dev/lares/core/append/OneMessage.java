package dev.lares.core.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/// Several statements that travel to the database and back as one message. With autocommit off the
/// first one brings the `BEGIN` along; a failure skips all that follow it, a `COMMIT` included.
final class OneMessage {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();
    private final List<Optional<RowReader>> readers = new ArrayList<>();

    /// Takes one row of an answer.
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /// An array argument.
    ///
    /// @param type of the elements, as PostgreSQL calls it
    /// @param elements an array; of primitive numbers where none is null
    record SqlArray(String type, Object elements) {
        static SqlArray ofLongs(List<Long> values) {
            return new SqlArray("int8", values.stream().mapToLong(Long::longValue).toArray());
        }

        static SqlArray ofTexts(List<String> values) {
            return new SqlArray("text", values.toArray(String[]::new));
        }
    }

    OneMessage ask(String query, RowReader reader, Object... values) {
        return add(query, Optional.of(reader), values);
    }

    OneMessage tell(String statement, Object... values) {
        return add(statement, Optional.empty(), values);
    }

    private OneMessage add(String statement, Optional<RowReader> reader, Object... values) {
        if (!sql.isEmpty()) {
            sql.append(";\n");
        }
        sql.append(statement.strip());
        arguments.addAll(List.of(values));
        readers.add(reader);
        return this;
    }

    boolean isEmpty() {
        return readers.isEmpty();
    }

    /// Sends it all and reads all answers, in order.
    void send(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(sql.toString())) {
            bind(connection, statement);
            boolean rows = statement.execute();
            for (var reader : readers) {
                if (reader.isPresent()) {
                    if (!rows) {
                        throw new SQLException("A query was answered without rows");
                    }
                    read(statement, reader.get());
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private static void read(PreparedStatement statement, RowReader reader) throws SQLException {
        try (var result = statement.getResultSet()) {
            while (result.next()) {
                reader.read(result);
            }
        }
    }

    private void bind(Connection connection, PreparedStatement statement) throws SQLException {
        var postgres = connection.unwrap(PGConnection.class);
        for (int i = 0; i < arguments.size(); i++) {
            var value = arguments.get(i);
            if (value instanceof SqlArray array) {
                statement.setArray(i + 1, postgres.createArrayOf(array.type(), array.elements()));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
