package dev.lares.core.postgres;

/// Another process, or another part of this one, runs the bundled PostgreSQL of a directory.
public final class DirectoryInUseException extends PostgresStartException {
    private static final long serialVersionUID = 1L;

    DirectoryInUseException(String message) {
        super(message);
    }
}
