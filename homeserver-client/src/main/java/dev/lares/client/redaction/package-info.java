/// Redacting events ([redactions](https://spec.matrix.org/v1.19/client-server-api/#redactions)).
/// Owns no table.
@NullMarked
package dev.lares.client.redaction;

import org.jspecify.annotations.NullMarked;
