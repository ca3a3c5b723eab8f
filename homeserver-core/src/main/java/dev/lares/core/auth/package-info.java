/// Authorization rules ([server-server
/// API](https://spec.matrix.org/v1.19/server-server-api/#authorization-rules)).
@NullMarked
package dev.lares.core.auth;

import org.jspecify.annotations.NullMarked;
