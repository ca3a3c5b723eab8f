/// [Read and unread
/// markers](https://spec.matrix.org/v1.19/client-server-api/#read-and-unread-markers).
@NullMarked
package dev.lares.client.readmarkers;

import org.jspecify.annotations.NullMarked;
