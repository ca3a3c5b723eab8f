/// [Filtering](https://spec.matrix.org/v1.19/client-server-api/#filtering): filters that clients
/// store and name later.
@NullMarked
package dev.lares.client.filter;

import org.jspecify.annotations.NullMarked;
