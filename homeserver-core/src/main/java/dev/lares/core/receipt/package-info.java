/// [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts) and [read
/// markers](https://spec.matrix.org/v1.19/client-server-api/#read-and-unread-markers). Table:
/// receipt.
@NullMarked
package dev.lares.core.receipt;

import org.jspecify.annotations.NullMarked;
