package dev.lares.core.backup;

/// Hears how far the work has come, several times a second while it goes on.
@FunctionalInterface
public interface BackupProgress {
    /// @param table what is worked on
    /// @param rows how many of all tables are done, as far as they are counted on the way
    /// @param bytes how many of all tables are done, before compression
    /// @param percent 0 to 100; an estimate while a backup is made
    record Step(String table, long rows, long bytes, int percent) {}

    void at(Step step);
}
