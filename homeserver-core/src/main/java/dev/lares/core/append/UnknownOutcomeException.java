package dev.lares.core.append;

import java.sql.SQLException;

/// The connection broke after COMMIT was sent: whether the batch is durable only the database knows.
final class UnknownOutcomeException extends SQLException {
    UnknownOutcomeException(SQLException cause) {
        super("The outcome of a commit is unknown", cause.getSQLState(), cause);
    }
}
