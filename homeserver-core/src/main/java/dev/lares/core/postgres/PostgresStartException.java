package dev.lares.core.postgres;

/// The bundled PostgreSQL cannot be started, stopped or adopted. The message is for whoever runs
/// the server: it says what is wrong and what to do, with the end of PostgreSQL's log where that
/// helps.
public class PostgresStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PostgresStartException(String message) {
        super(message);
    }

    PostgresStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
