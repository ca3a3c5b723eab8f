package dev.lares.core.append;

import java.sql.SQLException;

/// The connection broke after COMMIT was sent: whether the batch is durable only the database
/// knows.
final class UnknownOutcomeException extends SQLException {
    private final transient BatchPlan plan;

    /// @param plan what is durable if the batch is
    UnknownOutcomeException(SQLException cause, BatchPlan plan) {
        super("The outcome of a commit is unknown", cause.getSQLState(), cause);
        this.plan = plan;
    }

    BatchPlan plan() {
        return plan;
    }
}
