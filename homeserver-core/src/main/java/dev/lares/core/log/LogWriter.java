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

    /// Takes in events that arrive already signed. Each is authorised by its auth events, by the
    /// state before it and by the current state ([checks on
    /// receipt](https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu)),
    /// in the order of the item; the events land one after the other, and a later one may cite an
    /// earlier one. What is there already is left alone, so an item may be repeated. Waits as
    /// [#append] does. Items of one room are taken in turn.
    ///
    /// @throws dev.lares.core.error.MatrixException `M_NOT_FOUND` for an unknown room, 503
    ///   `M_UNKNOWN` at the deadline or where the states of the room take too long to resolve
    ReceivedResult receive(ReceivedItem item, Duration deadline);
}
