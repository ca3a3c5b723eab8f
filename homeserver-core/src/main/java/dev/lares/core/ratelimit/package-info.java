/// [Rate limits](https://spec.matrix.org/v1.19/client-server-api/#rate-limiting), shared by all
/// replicas. Table: rate_limit.
@NullMarked
package dev.lares.core.ratelimit;

import org.jspecify.annotations.NullMarked;
