/// [OpenID](https://spec.matrix.org/v1.19/client-server-api/#openid). Owns no table.
@NullMarked
package dev.lares.client.openid;

import org.jspecify.annotations.NullMarked;
