package dev.lares.core.log;

/// The database does not keep what it confirms, or cannot be written to. Stops the start.
public final class UnsafeDatabaseException extends RuntimeException {
    UnsafeDatabaseException(String message) {
        super(message);
    }
}
