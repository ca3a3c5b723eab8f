/// [Simplified sliding sync](https://github.com/matrix-org/matrix-spec-proposals/pull/4186): the
/// rooms that a client looks at, and what changed in them since it last heard of them. Two
/// spellings, the unstable one that clients use today and the accepted one, over the engine of
/// `dev.lares.client.sync`. Table: sliding_connection.
@NullMarked
package dev.lares.client.slidingsync;

import org.jspecify.annotations.NullMarked;
