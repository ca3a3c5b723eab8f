@NullMarked
package dev.lares.core.append;

import org.jspecify.annotations.NullMarked;
