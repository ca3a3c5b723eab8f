/// State resolution v1, v2 and v2.1 ([room versions](https://spec.matrix.org/v1.19/rooms/)).
@NullMarked
package dev.lares.core.stateres;

import org.jspecify.annotations.NullMarked;
