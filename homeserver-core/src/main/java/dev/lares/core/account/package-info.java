/// Accounts of local users and their passwords: made by registration, by an administrator, on the
/// command line or with the link of the first start
/// ([accounts](https://spec.matrix.org/v1.19/client-server-api/#client-authentication)). Changes of
/// an account are rows of the log's stream `account_change`. Tables: account, registration_token,
/// used_nonce, setup_link.
@NullMarked
package dev.lares.core.account;

import org.jspecify.annotations.NullMarked;
