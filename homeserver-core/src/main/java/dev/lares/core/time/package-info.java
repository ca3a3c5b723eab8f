/// Where time and randomness come from, so that tests can bring their own. Owns no table.
@NullMarked
package dev.lares.core.time;

import org.jspecify.annotations.NullMarked;
