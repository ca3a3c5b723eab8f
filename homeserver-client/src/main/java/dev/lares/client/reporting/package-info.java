/// [Reporting content](https://spec.matrix.org/v1.19/client-server-api/#reporting-content). Owns no
/// table.
@NullMarked
package dev.lares.client.reporting;

import org.jspecify.annotations.NullMarked;
