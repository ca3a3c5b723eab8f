/// [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles). Owns no table.
@NullMarked
package dev.lares.client.profile;

import org.jspecify.annotations.NullMarked;
