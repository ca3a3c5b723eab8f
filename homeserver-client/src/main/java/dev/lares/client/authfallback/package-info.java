/// Web pages on which stages of user-interactive authentication are passed that a client does not
/// know ([fallback](https://spec.matrix.org/v1.19/client-server-api/#fallback)). Owns no table.
@NullMarked
package dev.lares.client.authfallback;

import org.jspecify.annotations.NullMarked;
