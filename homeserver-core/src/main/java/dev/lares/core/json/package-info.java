/// Canonical JSON ([appendices](https://spec.matrix.org/v1.19/appendices/#canonical-json)).
@NullMarked
package dev.lares.core.json;

import org.jspecify.annotations.NullMarked;
