/// Which versions of the specification and which experimental features the server speaks ([API
/// versions](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions)). Owns no
/// table.
@NullMarked
package dev.lares.client.versions;

import org.jspecify.annotations.NullMarked;
