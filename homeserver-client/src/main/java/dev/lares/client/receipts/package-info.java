/// [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts): how far a user has read.
@NullMarked
package dev.lares.client.receipts;

import org.jspecify.annotations.NullMarked;
