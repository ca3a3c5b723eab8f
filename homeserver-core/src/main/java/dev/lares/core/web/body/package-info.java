/// Request and response bodies: strict JSON within our limits, whatever the `Content-Type` says
/// ([API standards](https://spec.matrix.org/v1.19/client-server-api/#api-standards)). Owns no
/// table.
@NullMarked
package dev.lares.core.web.body;

import org.jspecify.annotations.NullMarked;
