@NullMarked
package dev.lares.core.log;

import org.jspecify.annotations.NullMarked;
