/// The [relationships API](https://spec.matrix.org/v1.19/client-server-api/#relationships-api):
/// which events relate to one. Owns no table.
@NullMarked
package dev.lares.client.relations;

import org.jspecify.annotations.NullMarked;
