/// The event log: one order of positions over all that is durable. Tables: append_batch, log_epoch,
/// lease, reader_cursor.
@NullMarked
package dev.lares.core.log;

import org.jspecify.annotations.NullMarked;
