/// [Current account
/// information](https://spec.matrix.org/v1.19/client-server-api/#current-account-information). Owns
/// no table.
@NullMarked
package dev.lares.client.whoami;

import org.jspecify.annotations.NullMarked;
