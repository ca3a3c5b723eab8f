/// [Third-party networks](https://spec.matrix.org/v1.19/client-server-api/#third-party-networks),
/// which application services bridge. Owns no table.
@NullMarked
package dev.lares.client.thirdparty;

import org.jspecify.annotations.NullMarked;
