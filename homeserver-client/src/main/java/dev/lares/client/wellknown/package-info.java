/// Where a domain's server is found ([well-known
/// URIs](https://spec.matrix.org/v1.19/client-server-api/#well-known-uris)). Owns no table.
@NullMarked
package dev.lares.client.wellknown;

import org.jspecify.annotations.NullMarked;
