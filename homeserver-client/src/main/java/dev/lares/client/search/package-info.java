/// [Server side search](https://spec.matrix.org/v1.19/client-server-api/#server-side-search). Owns
/// no table.
@NullMarked
package dev.lares.client.search;

import org.jspecify.annotations.NullMarked;
