package dev.lares.core.state;

/// Names the whole state of a room at one moment: a version of one of its lines. What it names
/// never changes while anything refers to it.
public record StateRef(int line, int ver) {
    public StateRef {
        if (line < 1 || ver < 1) {
            throw new IllegalArgumentException("No such state: line " + line + ", version " + ver);
        }
    }
}
