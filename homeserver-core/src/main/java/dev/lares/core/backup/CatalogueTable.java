package dev.lares.core.backup;

import java.util.List;

/// A table as the database has it.
///
/// @param columns those that hold values of their own, in their order
/// @param refersTo tables that foreign keys of this one name
/// @param sizeBytes on the disk, without indexes
/// @param content what becomes of its rows
record CatalogueTable(
        String name, List<String> columns, List<String> refersTo, long sizeBytes, Content content) {

    CatalogueTable {
        columns = List.copyOf(columns);
        refersTo = List.copyOf(refersTo);
    }

    /// What a backup does with a table's rows.
    enum Content {
        KEPT("kept"),
        /// A crash may empty it at any time, so a restore may as well.
        NOT_LOGGED("not logged: a crash empties it as well"),
        /// Declared in its comment.
        GIVEN_ONCE("left empty by a restore: what it holds must not be given out twice");

        private final String reason;

        Content(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
