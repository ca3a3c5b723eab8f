/// [OpenID](https://spec.matrix.org/v1.19/client-server-api/#openid): tokens with which a user
/// proves to another service who they are. They are asked for by clients and exchanged by servers.
/// Tables: openid_token.
@NullMarked
package dev.lares.core.openid;

import org.jspecify.annotations.NullMarked;
