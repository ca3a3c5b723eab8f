/// Matrix identifiers, parsed once at the edge
/// ([appendices](https://spec.matrix.org/v1.19/appendices/#identifier-grammar)).
@NullMarked
package dev.lares.core.id;

import org.jspecify.annotations.NullMarked;
