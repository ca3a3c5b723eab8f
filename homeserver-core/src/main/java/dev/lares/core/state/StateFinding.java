package dev.lares.core.state;

/// A contradiction in the database.
///
/// @param table where it is
/// @param key of the row, with the names of its columns
/// @param problem what is wrong, and against what
public record StateFinding(String table, String key, String problem) {
    @Override
    public String toString() {
        return table + " (" + key + "): " + problem;
    }
}
