/// What administrators did, as a stream of the log: an entry is written in one item with what it
/// tells of. Tables: audit.
@NullMarked
package dev.lares.core.audit;

import org.jspecify.annotations.NullMarked;
