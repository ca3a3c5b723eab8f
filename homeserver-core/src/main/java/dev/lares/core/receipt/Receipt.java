package dev.lares.core.receipt;

import dev.lares.core.id.UserId;

/// How far a user has read.
///
/// @param threadId empty where the receipt is unthreaded, `main`, or the root's event ID
/// @param eventNid internal number of the event read
/// @param ts milliseconds since 1970
public record Receipt(
        long roomNid,
        UserId userId,
        long userNid,
        ReceiptType type,
        String threadId,
        long eventNid,
        long eventPos,
        long ts) {}
