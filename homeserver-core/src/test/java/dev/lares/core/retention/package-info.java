@NullMarked
package dev.lares.core.retention;

import org.jspecify.annotations.NullMarked;
