/// [Searching](https://spec.matrix.org/v1.19/client-server-api/#server-side-search) what was said:
/// the index, which follows the log, and who finds what in it. Table: search_entry.
@NullMarked
package dev.lares.core.search;

import org.jspecify.annotations.NullMarked;
