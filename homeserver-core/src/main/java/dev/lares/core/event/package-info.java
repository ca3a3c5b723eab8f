/// Events: their formats, hashes, signatures and redaction
/// ([PDUs](https://spec.matrix.org/v1.19/server-server-api/#pdus)).
@NullMarked
package dev.lares.core.event;

import org.jspecify.annotations.NullMarked;
