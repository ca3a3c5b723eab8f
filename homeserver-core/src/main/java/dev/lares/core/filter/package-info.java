/// [Filters](https://spec.matrix.org/v1.19/client-server-api/#filtering): what a client wants of a
/// sync or of a page of messages. Table: user_filter.
@NullMarked
package dev.lares.core.filter;

import org.jspecify.annotations.NullMarked;
