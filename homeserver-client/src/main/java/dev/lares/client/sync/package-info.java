/// [Syncing](https://spec.matrix.org/v1.19/client-server-api/#syncing): what changed for a user
/// since a token, or all that they see where there is none. What sliding sync does in the same way
/// (parking, timelines, stripped state, counts) is public. Owns no table: an answer is a function
/// of the token and the log.
@NullMarked
package dev.lares.client.sync;

import org.jspecify.annotations.NullMarked;
