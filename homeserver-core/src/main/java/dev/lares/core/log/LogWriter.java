package dev.lares.core.log;

import java.time.Duration;

/// The way into the log: one batching writer a replica.
public interface LogWriter {
    /// Waits until the item is durable and applied here. Must not be called inside a transaction.
    ///
    /// @throws dev.lares.core.error.MatrixException `M_FORBIDDEN` with the rule's reason where the
    ///   authorization rules refuse a draft, `M_TOO_LARGE` for an event over 65,536 bytes,
    ///   `M_BAD_JSON` for content without a canonical form, 503 `M_UNKNOWN` at the deadline
    AppendResult append(AppendItem item, Duration deadline);
}
