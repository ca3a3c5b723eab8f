/// [Room tagging](https://spec.matrix.org/v1.19/client-server-api/#room-tagging), kept as account
/// data of the type `m.tag`.
@NullMarked
package dev.lares.client.tagging;

import org.jspecify.annotations.NullMarked;
