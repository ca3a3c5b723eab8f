package dev.lares.core.state;

/// Another replica changed the room's lines, or a purge did: read them again and plan anew.
public final class StaleLinesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleLinesException(long roomNid) {
        super("The lines of room " + roomNid + " have changed");
    }
}
