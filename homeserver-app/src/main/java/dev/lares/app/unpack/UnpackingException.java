package dev.lares.app.unpack;

/// The folder cannot be made; the message says why, for who asked for it.
public final class UnpackingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnpackingException(String message) {
        super(message);
    }

    UnpackingException(String message, Throwable cause) {
        super(message, cause);
    }
}
