/// What clients did before `/sync`, and what guests still look into rooms with that they are not
/// in: [deprecated
/// endpoints](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3events) and [room
/// previews](https://spec.matrix.org/v1.19/client-server-api/#room-previews). Owns no table.
@NullMarked
package dev.lares.client.oldsync;

import org.jspecify.annotations.NullMarked;
