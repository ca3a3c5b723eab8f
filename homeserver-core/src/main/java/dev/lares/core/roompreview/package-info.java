/// What may be shown of a room to those who are not in it: in directories, summaries and spaces
/// ([room previews](https://spec.matrix.org/v1.19/client-server-api/#room-previews)). Owns no
/// table.
@NullMarked
package dev.lares.core.roompreview;

import org.jspecify.annotations.NullMarked;
