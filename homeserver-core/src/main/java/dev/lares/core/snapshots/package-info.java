/// How old the oldest snapshot of the database is: one that stays open, as of a long `pg_dump`,
/// slows down every write. Owns no table.
@NullMarked
package dev.lares.core.snapshots;

import org.jspecify.annotations.NullMarked;
