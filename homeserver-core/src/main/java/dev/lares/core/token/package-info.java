/// Access, refresh and login tokens, and the sessions that they stand for ([access
/// tokens](https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens),
/// [refreshing](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens)). Kept
/// as SHA-256 only. Taking one away is a row of the log, so that every replica honours it. Tables:
/// access_token, refresh_token, login_token.
@NullMarked
package dev.lares.core.token;

import org.jspecify.annotations.NullMarked;
