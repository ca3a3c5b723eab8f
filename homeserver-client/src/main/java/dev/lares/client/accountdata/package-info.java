/// [Client config](https://spec.matrix.org/v1.19/client-server-api/#client-config): what users keep
/// on the server for their clients.
@NullMarked
package dev.lares.client.accountdata;

import org.jspecify.annotations.NullMarked;
