/// Keeps tables from growing for ever. What each keeps is said in its comment in the database, and
/// in `docs/operating/retention.md`. Owns no table.
@NullMarked
package dev.lares.core.retention;

import org.jspecify.annotations.NullMarked;
