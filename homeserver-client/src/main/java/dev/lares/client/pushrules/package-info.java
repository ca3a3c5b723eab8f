/// [Push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules-api): reading the
/// predefined ones.
@NullMarked
package dev.lares.client.pushrules;

import org.jspecify.annotations.NullMarked;
