/// Room aliases ([room aliases](https://spec.matrix.org/v1.19/client-server-api/#room-aliases)).
/// Owns no table.
@NullMarked
package dev.lares.client.directory;

import org.jspecify.annotations.NullMarked;
