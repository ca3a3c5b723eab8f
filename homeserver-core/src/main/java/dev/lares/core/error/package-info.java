/// Every error code that leaves the server ([standard error
/// response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response)).
@NullMarked
package dev.lares.core.error;

import org.jspecify.annotations.NullMarked;
