/// Unread counts by the default push rules ([receiving
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications)). Reads
/// the running counts of the timeline; tables: push_exception and unread_redaction, which the log
/// fills.
@NullMarked
package dev.lares.core.unread;

import org.jspecify.annotations.NullMarked;
