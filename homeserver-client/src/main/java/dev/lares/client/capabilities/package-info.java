/// What this server lets a user do ([capabilities
/// negotiation](https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation)). Owns
/// no table.
@NullMarked
package dev.lares.client.capabilities;

import org.jspecify.annotations.NullMarked;
