/// Room versions as data ([room versions](https://spec.matrix.org/v1.19/rooms/)).
@NullMarked
package dev.lares.core.roomversion;

import org.jspecify.annotations.NullMarked;
