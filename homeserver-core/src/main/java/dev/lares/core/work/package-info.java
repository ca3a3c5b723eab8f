/// Background loops.
@NullMarked
package dev.lares.core.work;

import org.jspecify.annotations.NullMarked;
