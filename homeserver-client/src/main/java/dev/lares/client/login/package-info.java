/// [Login](https://spec.matrix.org/v1.19/client-server-api/#legacy-login), refreshing of access
/// tokens and the fallback page for clients that know no login flow. Owns no table.
@NullMarked
package dev.lares.client.login;

import org.jspecify.annotations.NullMarked;
