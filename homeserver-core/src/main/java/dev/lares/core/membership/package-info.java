/// Who is what in which room ([room
/// membership](https://spec.matrix.org/v1.19/client-server-api/#room-membership)). Table:
/// membership, which the log fills.
@NullMarked
package dev.lares.core.membership;

import org.jspecify.annotations.NullMarked;
