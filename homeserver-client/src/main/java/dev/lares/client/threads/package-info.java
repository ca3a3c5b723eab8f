/// [Querying threads in a
/// room](https://spec.matrix.org/v1.19/client-server-api/#querying-threads-in-a-room). Owns no
/// table.
@NullMarked
package dev.lares.client.threads;

import org.jspecify.annotations.NullMarked;
