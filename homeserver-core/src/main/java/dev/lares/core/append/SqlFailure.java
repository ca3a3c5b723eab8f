package dev.lares.core.append;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an error of the database means for a batch, by the class of its SQLSTATE.
enum SqlFailure {
    /// It will pass: the batch stays queued until its requests' deadlines.
    PASSING,

    /// An item of the batch is to blame; it is found by halving.
    CULPRIT;

    private static final Set<String> PASSING_CLASSES =
            Set.of("08", "25", "40", "53", "55", "57", "58");

    static SqlFailure of(SQLException failure) {
        var state = failure.getSQLState();
        return state == null || PASSING_CLASSES.contains(classOf(state)) ? PASSING : CULPRIT;
    }

    /// Whether a text holds what PostgreSQL cannot store: NUL, which JSON can write.
    static boolean isUnstorableText(Throwable failure) {
        return failure instanceof SQLException sql
                && ("22021".equals(sql.getSQLState()) || "22P05".equals(sql.getSQLState()));
    }

    static boolean isDuplicate(Throwable failure) {
        return failure instanceof SQLException sql && "23505".equals(sql.getSQLState());
    }

    /// Whether the connection is of no use any more.
    static boolean isBroken(SQLException failure) {
        var state = failure.getSQLState();
        return state == null || classOf(state).equals("08") || state.startsWith("57P");
    }

    private static String classOf(@Nullable String state) {
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }
}
