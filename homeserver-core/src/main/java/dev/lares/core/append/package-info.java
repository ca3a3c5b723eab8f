/// The batching writer: the one way into the log, and what it remembers of the rooms it writes to.
/// Tables: transaction_answer; written together with all that an append touches.
@NullMarked
package dev.lares.core.append;

import org.jspecify.annotations.NullMarked;
