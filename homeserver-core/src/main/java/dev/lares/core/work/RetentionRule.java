package dev.lares.core.work;

/// A table's retention rule, as its comment in the database states it, where rows go by themselves
/// and not with something else. Carried out now and then by one replica; a bean of the feature that
/// owns the table.
public interface RetentionRule {
    /// The table.
    String table();

    /// Deletes rows whose time is over, at most `limit`, in a short statement. Must do no harm when
    /// two replicas do it at once.
    ///
    /// @return how many
    int deleteOld(int limit);
}
